import { isAppError } from '@/lib/errors';
import type { Cluster } from '../cluster';
import { labelOf, referenceOf } from '../cluster/cluster-object';
import { type ClusterProblemDetails, clusterProblemOf } from '../cluster/cluster-problem';
import type { PhaseName, PlannedObject } from '../phase';
import { explainFailure, type FailureEvidence } from './explain-failure';
import type { GoalVerdict } from './goal';

/** Why a phase stopped: the server refused an object, or the object did not come to its goal. */
export interface PhaseFailure {
  phase: PhaseName;
  /** As `Deployment elder/web`. */
  object: string;
  problem: ClusterProblemDetails | null;
  verdict: GoalVerdict | null;
  evidence: FailureEvidence | null;
  /** Key of what to do. */
  recovery: string;
}

export function refusalFailure(phase: PhaseName, { object, recovery }: PlannedObject, error: unknown): PhaseFailure {
  const problem = clusterProblemOf(error);
  if (!problem || (isAppError(error) && error.code === 'cancelled')) throw error;
  return { phase, object: labelOf(referenceOf(object)), problem, verdict: null, evidence: null, recovery };
}

export async function goalFailure(
  cluster: Cluster,
  phase: PhaseName,
  { object, recovery }: PlannedObject,
  verdict: GoalVerdict,
  signal?: AbortSignal,
): Promise<PhaseFailure> {
  const reference = referenceOf(object);
  const evidence = await explainFailure(cluster, reference, signal);
  return { phase, object: labelOf(reference), problem: null, verdict, evidence, recovery };
}
