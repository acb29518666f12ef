import type { ClusterObject } from '../cluster/cluster-object';
import type { Goal, PlannedObject } from '../phase';

/** An object as it is sent: names as in the API, where the client's own classes have others (`_from`). */
export type Manifest = ClusterObject;

/** Keys of the texts that say what to do when an object does not reach its goal. */
export const RECOVERIES = [
  'namespace',
  'access',
  'network-policy',
  'volume',
  'engine-object',
  'database',
  'redis',
  'objects',
  'database-check',
  'redis-check',
  'objects-check',
  'worker',
  'scaling',
  'migration',
  'web',
  'ingress',
  'monitoring',
  'backup',
  'instance-check',
] as const;
export type Recovery = (typeof RECOVERIES)[number];

/** Seconds a goal may take. */
const TIMEOUTS: Readonly<Record<string, number>> = {
  present: 30,
  bound: 180,
  'rolled-out': 600,
  succeeded: 900,
  condition: 900,
};

export function planned(object: Manifest, goal: Goal, recovery: Recovery): PlannedObject {
  const timeoutSeconds = TIMEOUTS[typeof goal === 'string' ? goal : 'condition'] ?? 0;
  return { object, goal, timeoutSeconds, recovery };
}
