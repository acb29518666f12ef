import type { ClusterObject } from '@/k8s/cluster/cluster-object';
import type { Kind } from './kinds';

type Fields = Record<string, unknown>;

/** What is written to an object whose status is a resource of its own leaves that as it is. */
export function withStatusOf(live: ClusterObject, next: ClusterObject, kind: Kind): ClusterObject {
  if (!kind.subresources.includes('status')) return next;
  const { status: _status, ...rest } = next;
  return live.status === undefined ? rest : { ...rest, status: live.status };
}

/** RFC 7396 */
export function mergePatch(target: unknown, change: unknown): unknown {
  if (typeof change !== 'object' || change === null || Array.isArray(change)) return change;
  const result: Fields = { ...(typeof target === 'object' && !Array.isArray(target) ? (target as Fields) : {}) };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete result[name];
    else result[name] = mergePatch(result[name], value);
  }
  return result;
}
