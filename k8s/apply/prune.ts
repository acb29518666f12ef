import type { Cluster } from '../cluster';
import { keyOf, labelOf, type ObjectReference } from '../cluster/cluster-object';
import { awaitAbsence } from './apply-object';
import { staysBehind } from './ownership';

export interface RemoveResult {
  removed: ObjectReference[];
  /** What holds data, and what is not ours any more; both stay as they are. */
  kept: ObjectReference[];
  /** Asked to go and still there: a finalizer holds it. */
  stuck: ObjectReference[];
}

export interface RemoveRequest {
  /** In the order in which they were applied; they go in the reverse. */
  objects: readonly ObjectReference[];
  /** Data goes too. */
  withData: boolean;
  signal?: AbortSignal | undefined;
  onRemove?: (object: string, outcome: 'removed' | 'kept' | 'stuck') => void;
  /** Time for each object to go. */
  timeoutMs?: number;
}

const GONE_MS = 120_000;

/** What an earlier plan made and this one lacks. */
export function findSuperfluous(
  inventory: readonly ObjectReference[],
  planned: readonly ObjectReference[],
): ObjectReference[] {
  const wanted = new Set(planned.map(keyOf));
  return inventory.filter((reference) => !wanted.has(keyOf(reference)));
}

/** Removes objects that bear our label; what holds data only when asked. */
export async function removeObjects(
  cluster: Cluster,
  { objects, withData, signal, onRemove, timeoutMs = GONE_MS }: RemoveRequest,
): Promise<RemoveResult> {
  const result: RemoveResult = { removed: [], kept: [], stuck: [] };
  for (const reference of [...objects].reverse()) {
    const live = await cluster.find(reference, signal);
    if (!live) continue;
    if (staysBehind(reference, live, withData)) {
      result.kept.push(reference);
      onRemove?.(labelOf(reference), 'kept');
      continue;
    }
    const { uid } = live.metadata;
    await cluster.remove(reference, { uid, propagation: 'Foreground', signal });
    const [left] = await awaitAbsence(cluster, [reference], timeoutMs, signal);
    (left ? result.stuck : result.removed).push(reference);
    onRemove?.(labelOf(reference), left ? 'stuck' : 'removed');
  }
  return result;
}
