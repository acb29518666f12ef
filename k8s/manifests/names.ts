import type { ClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import type { WorkerKind } from '@/lib/schemas/worker-kinds';

/** Parts that have pods of their own. */
export type Component =
  | 'embedded'
  | 'web'
  | `worker-${WorkerKind}`
  | 'migrate'
  | 'check'
  | 'postgres'
  | 'redis'
  | 'sentinel'
  | 'objects'
  | 'backup';

export const PRODUCT = 'ancient-elder';

export const WEB_PORT = 3000;
export const HEALTH_PORT = 8080;
export const METRICS_PORT = 9090;
export const POSTGRES_PORT = 5432;
export const REDIS_PORT = 6379;
export const SENTINEL_PORT = 26_379;
export const OBJECTS_PORT = 8333;

export type Named = Pick<ClusterConfiguration, 'name' | 'namespace'>;

export function nameOf({ name }: Named, component: Component | string): string {
  return `${name}-${component}`;
}

/** What never changes about the pods of a part: a selector cannot be changed afterwards. */
export function selectorOf({ name }: Named, component: Component): Record<string, string> {
  return {
    'app.kubernetes.io/name': PRODUCT,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': component,
  };
}

/** Labels of an object: of a part, or of the whole instance. */
export function labelsOf(named: Named, component?: Component): Record<string, string> {
  const own = component ? selectorOf(named, component) : instanceLabels(named);
  return { ...own, 'app.kubernetes.io/part-of': PRODUCT };
}

function instanceLabels({ name }: Named): Record<string, string> {
  return { 'app.kubernetes.io/name': PRODUCT, 'app.kubernetes.io/instance': name };
}

export function metadataOf(named: Named, name: string, component?: Component) {
  return { name, namespace: named.namespace, labels: labelsOf(named, component) };
}
