import { stringify } from 'yaml';
import type { ClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { buildPhases } from './build-phases';
import { ENGINES } from './site';

/** All objects as YAML, phase by phase. No Secret is among them: their values are made on the cluster. */
export function renderYaml(configuration: ClusterConfiguration, engines: readonly string[] = ENGINES): string {
  const phases = buildPhases(configuration, new Set(engines));
  return phases
    .flatMap(({ name, objects }) =>
      objects.map(
        ({ object }) => `---\n# ${name}\n${stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })}`,
      ),
    )
    .join('');
}
