import type { Cluster } from '../cluster';
import { at, type ObjectReference } from '../cluster/cluster-object';
import { clusterError } from '../cluster/cluster-problem';
import { PHASES, type Phase, type PhaseName, type PlannedObject } from '../phase';
import { owned } from './ownership';
import { stableHash } from './stable-hash';

const NAME = 'ancient-elder-apply';
const VERSION = '1';

export interface ApplyRecord {
  /** `running` that nobody holds the lock of was cut off. */
  state: 'running' | 'failed' | 'cancelled' | 'complete';
  /** Hash of all phases. */
  configurationHash: string;
  /** Hash of each phase whose goals were met. */
  completed: Partial<Record<PhaseName, string>>;
  /** All that was applied and is not known to be gone. */
  inventory: readonly ObjectReference[];
}

export function hashPhase({ name, objects }: Phase): string {
  return stableHash({ name, objects });
}

export function hashPhases(phases: readonly Phase[]): string {
  return stableHash(phases.map(hashPhase));
}

/** Whether this is a Job of a phase that came to its end as it is planned: the cluster forgets a Job a while after that. */
export function isDoneJob(record: ApplyRecord | null, phase: Phase, { object }: PlannedObject): boolean {
  return object.kind === 'Job' && record?.completed[phase.name] === hashPhase(phase);
}

const reference = (namespace: string): ObjectReference => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace,
  name: NAME,
});

/** null where nothing was applied yet. Throws `invalid` for a record that is damaged or of a later release. */
export async function readRecord(
  cluster: Cluster,
  namespace: string,
  signal?: AbortSignal,
): Promise<ApplyRecord | null> {
  const map = await cluster.find(reference(namespace), signal);
  if (!map) return null;
  const text = (name: string): string => String(at(map, 'data', name) ?? '');
  try {
    if (text('version') !== VERSION) throw new TypeError(`version ${text('version') || '–'}`);
    const { state, configurationHash, completed } = JSON.parse(text('progress'));
    const inventory: unknown = JSON.parse(text('inventory'));
    if (!Array.isArray(inventory) || !inventory.every(isReference)) throw new TypeError('inventory');
    const known = PHASES.filter((name) => typeof at(completed, name) === 'string');
    return {
      state:
        (['running', 'failed', 'cancelled', 'complete'].find((each) => each === state) as ApplyRecord['state']) ??
        'failed',
      configurationHash: String(configurationHash),
      completed: Object.fromEntries(known.map((name) => [name, String(at(completed, name))])),
      inventory,
    };
  } catch (error) {
    const cause = error instanceof TypeError ? error.message : 'no JSON';
    throw clusterError('invalid', { cluster: cluster.name, object: reference(namespace) }, cause, { error });
  }
}

export async function saveRecord(
  cluster: Cluster,
  namespace: string,
  { inventory, ...progress }: ApplyRecord,
  signal?: AbortSignal,
): Promise<void> {
  const map = owned({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: NAME, namespace },
    data: { version: VERSION, progress: JSON.stringify(progress), inventory: JSON.stringify(inventory) },
  });
  await cluster.apply(map, { isForced: true, signal });
}

export async function removeRecord(cluster: Cluster, namespace: string, signal?: AbortSignal): Promise<void> {
  await cluster.remove(reference(namespace), { signal });
}

function isReference(value: unknown): value is ObjectReference {
  return ['apiVersion', 'kind', 'name'].every((field) => typeof at(value, field) === 'string');
}
