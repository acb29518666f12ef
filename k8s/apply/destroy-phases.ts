import type { Cluster } from '../cluster';
import { keyOf, labelOf, type ObjectReference, referenceOf, uniqueReferences } from '../cluster/cluster-object';
import type { Phase } from '../phase';
import { readRecord, removeRecord, saveRecord } from './apply-record';
import { type LockOptions, whileLocked } from './lock';
import { removeObjects } from './prune';

export interface DestroyRequest {
  namespace: string;
  phases: readonly Phase[];
  /** Volumes, Secrets, databases and the namespace go too. */
  withData: boolean;
  signal?: AbortSignal | undefined;
  onRemove?: (object: string, outcome: 'removed' | 'kept' | 'stuck') => void;
  lock?: LockOptions;
  timeoutMs?: number;
}

export interface DestroyEnd {
  removed: readonly string[];
  kept: readonly string[];
  stuck: readonly string[];
}

/** Removes what was applied and bears our label, the last phase first. What stays is still known to the next destroy. */
export async function destroyPhases(cluster: Cluster, request: DestroyRequest): Promise<DestroyEnd> {
  const { namespace, phases } = request;
  const home = { apiVersion: 'v1', kind: 'Namespace', name: namespace };
  if (!(await cluster.find(home, request.signal))) return { removed: [], kept: [], stuck: [] };
  const end = await whileLocked(cluster, namespace, request, async (signal) => {
    const record = await readRecord(cluster, namespace, signal);
    const planned = phases.flatMap(({ objects }) => objects.map(({ object }) => referenceOf(object)));
    const known = uniqueReferences([...planned, ...(record?.inventory ?? [])]);
    // The record and the lock are in it: it goes last, by itself.
    const objects = known.filter((each) => keyOf(each) !== keyOf(home));
    const { withData, onRemove, timeoutMs } = request;
    const common = { withData, signal, ...(onRemove && { onRemove }), ...(timeoutMs && { timeoutMs }) };
    const result = await removeObjects(cluster, { objects, ...common });
    const left = [...result.kept, ...result.stuck];
    if (left.length === 0) await removeRecord(cluster, namespace, signal);
    else {
      const rest = { state: 'cancelled', configurationHash: '', completed: {}, inventory: left } as const;
      await saveRecord(cluster, namespace, rest, signal);
    }
    return result;
  });
  if (request.withData && end.stuck.length === 0) {
    const { withData, signal, onRemove, timeoutMs } = request;
    const common = { withData, signal, ...(onRemove && { onRemove }), ...(timeoutMs && { timeoutMs }) };
    const last = await removeObjects(cluster, { objects: [home], ...common });
    end.removed.push(...last.removed);
    end.kept.push(...last.kept);
    end.stuck.push(...last.stuck);
  }
  const labels = (references: readonly ObjectReference[]): string[] => references.map(labelOf);
  return { removed: labels(end.removed), kept: labels(end.kept), stuck: labels(end.stuck) };
}
