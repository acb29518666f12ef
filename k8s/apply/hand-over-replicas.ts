import { type Cluster, FIELD_MANAGER, SCALE_MANAGER } from '../cluster';
import { at, type ClusterObject } from '../cluster/cluster-object';
import { clusterProblemOf } from '../cluster/cluster-problem';

/** Owns the number of replicas from when a plan leaves it to a scaler until the scaler sets it. */
const HAND_OVER_MANAGER = 'ancient-elder-hand-over';

/** The autoscaler of Kubernetes writes under the name of its process. */
const SCALERS: ReadonlySet<string> = new Set([HAND_OVER_MANAGER, SCALE_MANAGER, 'kube-controller-manager']);

/**
 * Replicas that a plan leaves to a scaler and that nobody but us owns: without a new owner the server would set them
 * to 1. https://kubernetes.io/docs/reference/using-api/server-side-apply/#transferring-ownership
 */
export function replicasToHandOver(planned: ClusterObject, live: ClusterObject | null): number | null {
  const replicas = at(live, 'spec', 'replicas');
  if (typeof replicas !== 'number' || at(planned, 'spec', 'replicas') !== undefined) return null;
  const owners = (live?.metadata.managedFields ?? []).filter(
    ({ fieldsV1 }) => at(fieldsV1, 'f:spec', 'f:replicas') !== undefined,
  );
  const isOurs =
    owners.length > 0 && owners.every(({ manager, operation }) => manager === FIELD_MANAGER && operation === 'Apply');
  return isOurs ? replicas : null;
}

export async function handOverReplicas(
  cluster: Cluster,
  planned: ClusterObject,
  replicas: number,
  signal?: AbortSignal,
): Promise<void> {
  const { apiVersion, kind, metadata } = planned;
  const { name, namespace } = metadata;
  const partial = { apiVersion, kind, metadata: { name, namespace }, spec: { replicas } };
  await cluster.apply(partial, { manager: HAND_OVER_MANAGER, signal });
}

/** Whether all that stands against an apply is a scaler whose replicas the plan now sets itself. */
export function isScalersConflict(error: unknown): boolean {
  const problem = clusterProblemOf(error);
  return (
    problem?.clusterProblem === 'fieldConflict' &&
    problem.fields.every((field) => field === '.spec.replicas') &&
    problem.managers.every((manager) => SCALERS.has(manager))
  );
}
