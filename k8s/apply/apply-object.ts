import type { Cluster } from '../cluster';
import { at, type ClusterObject, labelOf, type ObjectReference, referenceOf } from '../cluster/cluster-object';
import { clusterError, isProblem } from '../cluster/cluster-problem';
import { wait } from '../cluster/transport';
import { judgeGoal } from './goal';
import { handOverReplicas, isScalersConflict, replicasToHandOver } from './hand-over-replicas';
import { owned } from './ownership';

export interface ApplyObjectOptions {
  isForced?: boolean;
  signal?: AbortSignal | undefined;
}

const GONE_MS = 60_000;
const LOOK_MS = 500;

/** Brings one object to what the plan says. A Job that has ended is run anew. */
export async function applyObject(
  cluster: Cluster,
  planned: ClusterObject,
  { isForced = false, signal }: ApplyObjectOptions = {},
): Promise<ClusterObject> {
  const object = owned(planned);
  const reference = referenceOf(object);
  const live = await cluster.find(reference, signal);
  if (live && object.kind === 'Job' && judgeGoal(live, 'succeeded').state !== 'waiting') {
    await removeAndWait(cluster, reference, live, signal);
  }
  const replicas = replicasToHandOver(object, live);
  if (replicas !== null) await handOverReplicas(cluster, object, replicas, signal);
  try {
    return await cluster.apply(object, { isForced, signal });
  } catch (error) {
    if (isScalersConflict(error)) return cluster.apply(object, { isForced: true, signal });
    // The template of a Job cannot be changed; a new one may run.
    if (object.kind !== 'Job' || !isProblem(error, 'immutable')) throw error;
    await removeAndWait(cluster, reference, await cluster.find(reference, signal), signal);
    return cluster.apply(object, { isForced, signal });
  }
}

/** What an apply would make of the object; nothing is kept. */
export async function previewObject(
  cluster: Cluster,
  planned: ClusterObject,
  live: ClusterObject | null,
  { isForced = false, signal }: ApplyObjectOptions = {},
): Promise<ClusterObject> {
  const object = owned(planned);
  const replicas = replicasToHandOver(object, live);
  const shown =
    replicas === null ? object : { ...object, spec: { ...(at(object, 'spec') as Record<string, unknown>), replicas } };
  try {
    return await cluster.apply(shown, { isDryRun: true, isForced, signal });
  } catch (error) {
    if (isScalersConflict(error)) return cluster.apply(shown, { isDryRun: true, isForced: true, signal });
    throw error;
  }
}

async function removeAndWait(
  cluster: Cluster,
  reference: ObjectReference,
  live: ClusterObject | null,
  signal: AbortSignal | undefined,
): Promise<void> {
  await cluster.remove(reference, { uid: live?.metadata.uid, propagation: 'Background', signal });
  const left = await awaitAbsence(cluster, [reference], GONE_MS, signal);
  if (left.length === 0) return;
  const finalizers = (await cluster.find(reference, signal))?.metadata.finalizers ?? [];
  const cause = `${labelOf(reference)} is being deleted (finalizers: ${finalizers.join(', ') || '–'})`;
  throw clusterError('terminating', { cluster: cluster.name, object: reference }, cause);
}

/** Waits until none of the objects is there; gives those that still are when the time is over. */
export async function awaitAbsence(
  cluster: Cluster,
  references: readonly ObjectReference[],
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<ObjectReference[]> {
  const end = performance.now() + timeoutMs;
  let left = [...references];
  for (let waitMs = 10; ; waitMs = Math.min(waitMs * 2, LOOK_MS)) {
    const still: ObjectReference[] = [];
    for (const reference of left) if (await cluster.find(reference, signal)) still.push(reference);
    left = still;
    if (left.length === 0 || performance.now() >= end) return left;
    await wait(waitMs, signal);
  }
}
