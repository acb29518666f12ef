import { stringify } from 'yaml';

/** As the tools of Kubernetes read it: words that YAML 1.1 takes for something else are quoted, lines are not folded. */
export function toYaml(object: object): string {
  return stringify(object, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}
