import type { ClusterObject } from '@/k8s/cluster/cluster-object';
import { readKept, type StrictSchemas, strictSchemas } from '../kubernetes-schemas/strict';
import type { Kind } from './kinds';

interface SchemaProblem {
  /** As `.spec.replicas`. */
  field: string;
  /** null where there is no such field. */
  expected: string | null;
}

let official: StrictSchemas | undefined;

/** Fields the official schema of a kind does not have, or that hold another type. What is missing may come from others. */
export function schemaProblems(object: ClusterObject, kind: Kind): SchemaProblem[] {
  if (kind.specFields) {
    const names = Object.keys((object.spec as object | undefined) ?? {});
    return names
      .filter((name) => !kind.specFields?.includes(name))
      .map((name) => ({ field: `.spec.${name}`, expected: null }));
  }
  official ??= strictSchemas(readKept());
  return official.problemsOf(object).flatMap((text): SchemaProblem[] => {
    const { path = '', params = '{}' } = / (?<path>\/\S*): .*? (?<params>\{.*\})$/.exec(text)?.groups ?? {};
    const { additionalProperty, type } = JSON.parse(params) as { additionalProperty?: string; type?: string };
    const place = path
      .split('/')
      .filter(Boolean)
      .map((name) => `.${name}`)
      .join('');
    if (additionalProperty !== undefined) return [{ field: `${place}.${additionalProperty}`, expected: null }];
    return type === undefined ? [] : [{ field: place, expected: type }];
  });
}
