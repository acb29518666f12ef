import { readClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { DEPLOYMENT_MODES, type DeploymentMode } from '@/lib/schemas/cluster-modes';
import { buildPhases } from '../manifests/build-phases';
import { neededSecrets } from '../manifests/needed-secrets';
import { ENGINES } from '../manifests/site';
import { toYaml } from './yaml';

const HEADER = '# Made by `npm run k8s:generate` from k8s/manifests.\n';

/** A base for each mode, with all engines that it may use: texts by path. */
export function kustomizeFiles(): Map<string, string> {
  return new Map(DEPLOYMENT_MODES.flatMap(baseOf));
}

function baseOf(mode: DeploymentMode): [string, string][] {
  const configuration = readClusterConfiguration({ deploymentMode: mode });
  const engines = new Set(ENGINES);
  const filled = buildPhases(configuration, engines).filter(({ objects }) => objects.length > 0);
  const files = filled.map(({ name, objects }): [string, string] => [
    `${name}.yaml`,
    `${HEADER}${objects.map(({ object }) => toYaml(object)).join('---\n')}`,
  ]);
  const secrets = neededSecrets(configuration, engines).map(({ name, keys }) => `#   ${name}: ${keys.join(', ')}\n`);
  const asked = secrets.length > 0 ? `# Secrets that must be there before, with their keys:\n${secrets.join('')}` : '';
  const kustomization = toYaml({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    ...{ resources: files.map(([file]) => file) },
  });
  return [['kustomization.yaml', `${HEADER}${asked}${kustomization}`] as [string, string], ...files].map(
    ([file, text]) => [`${mode}/${file}`, text],
  );
}
