import { isAppError } from '@/lib/errors';
import type { Cluster } from '../cluster';
import { at, type ClusterObject, referenceOf } from '../cluster/cluster-object';
import { isProblem } from '../cluster/cluster-problem';
import type { PlannedObject } from '../phase';
import { type GoalVerdict, judgeGoal } from './goal';

interface AwaitOptions {
  signal?: AbortSignal | undefined;
  /** Told whenever it changes. */
  onVerdict?: (verdict: GoalVerdict) => void;
}

/** The goal of an object as it is now. */
export async function judgeNow(
  cluster: Cluster,
  { goal }: Pick<PlannedObject, 'goal'>,
  object: ClusterObject | null,
  signal?: AbortSignal,
): Promise<GoalVerdict> {
  const verdict = judgeGoal(object, goal);
  const isUnbound = verdict.detail.what === 'unbound' && object !== null;
  if (!isUnbound || !(await waitsForConsumer(cluster, object, signal))) return verdict;
  return { state: 'met', detail: { what: 'waits-for-consumer' } };
}

/** Waits until the goal is met or cannot be met, or its time is over; gives the last verdict. Throws `cancelled`. */
export async function awaitGoal(
  cluster: Cluster,
  planned: PlannedObject,
  { signal, onVerdict }: AwaitOptions = {},
): Promise<GoalVerdict> {
  const reference = referenceOf(planned.object);
  const limit = AbortSignal.timeout(Math.ceil(planned.timeoutSeconds * 1000));
  const either = signal ? AbortSignal.any([signal, limit]) : limit;
  let last: GoalVerdict = { state: 'waiting', detail: { what: 'missing' } };
  try {
    for await (const objects of cluster.watch(reference, { fields: `metadata.name=${reference.name}` }, either)) {
      const [object = null] = objects.values();
      const verdict = await judgeNow(cluster, planned, object, either);
      if (JSON.stringify(verdict) !== JSON.stringify(last)) onVerdict?.(verdict);
      last = verdict;
      if (verdict.state !== 'waiting') return verdict;
    }
  } catch (error) {
    if (!limit.aborted || signal?.aborted || !isAppError(error) || error.code !== 'cancelled') throw error;
  }
  return last;
}

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode */
async function waitsForConsumer(
  cluster: Cluster,
  claim: ClusterObject,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const kind = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' };
  const name = at(claim, 'spec', 'storageClassName');
  try {
    const classes =
      typeof name === 'string' && name !== ''
        ? [await cluster.find({ ...kind, name }, signal)]
        : (await cluster.list(kind, {}, signal)).filter(
            ({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true',
          );
    return classes.some((each) => at(each, 'volumeBindingMode') === 'WaitForFirstConsumer');
  } catch (error) {
    // Who may not read classes waits for the volume itself.
    if (isProblem(error, 'forbidden')) return false;
    throw error;
  }
}
