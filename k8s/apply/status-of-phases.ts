import type { Cluster } from '../cluster';
import { labelOf, referenceOf } from '../cluster/cluster-object';
import type { Phase, PhaseName } from '../phase';
import { type ApplyRecord, hashPhases, isDoneJob, readRecord } from './apply-record';
import { judgeNow } from './await-goal';
import type { GoalVerdict } from './goal';

export interface ObjectStatus {
  phase: PhaseName;
  object: string;
  verdict: GoalVerdict;
  recovery: string;
}

export interface PhasesStatus {
  /** Of the last apply; null where there was none. */
  lastApply: Pick<ApplyRecord, 'state'> | null;
  /** Whether the last apply had this configuration. */
  isSameConfiguration: boolean;
  objects: readonly ObjectStatus[];
}

export async function statusOfPhases(
  cluster: Cluster,
  { namespace, phases, signal }: { namespace: string; phases: readonly Phase[]; signal?: AbortSignal | undefined },
): Promise<PhasesStatus> {
  const record = await readRecord(cluster, namespace, signal);
  const objects: ObjectStatus[] = [];
  for (const phase of phases) {
    for (const planned of phase.objects) {
      const reference = referenceOf(planned.object);
      const live = await cluster.find(reference, signal);
      const verdict: GoalVerdict =
        !live && isDoneJob(record, phase, planned)
          ? { state: 'met', detail: { what: 'succeeded' } }
          : await judgeNow(cluster, planned, live, signal);
      objects.push({ phase: phase.name, object: labelOf(reference), verdict, recovery: planned.recovery });
    }
  }
  return {
    lastApply: record && { state: record.state },
    isSameConfiguration: record?.configurationHash === hashPhases(phases),
    objects,
  };
}
