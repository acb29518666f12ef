import type { ClusterObject } from './cluster/cluster-object';

/** Steps in which a cluster is set up, in this order; each waits for the one before. */
export const PHASES = ['infrastructure', 'storage', 'workers', 'api', 'ui', 'monitoring', 'validation'] as const;
export type PhaseName = (typeof PHASES)[number];

/** What an object must come to before its phase has ended. */
export type Goal =
  /** Exists; all there is to ask of a ConfigMap. */
  | 'present'
  /** A condition of its status that is "True", as `Ready` of a CloudNativePG Cluster. */
  | { condition: string }
  /** All replicas of a Deployment or StatefulSet are of the newest generation and available. */
  | 'rolled-out'
  /** A Job that succeeded; its log tells why when it did not. */
  | 'succeeded'
  /** A PersistentVolumeClaim that has a volume, or whose class waits for its first consumer. */
  | 'bound';

export interface PlannedObject {
  object: ClusterObject;
  goal: Goal;
  /** Seconds to wait for the goal. */
  timeoutSeconds: number;
  /** What to do when the goal is not reached, as a key of the recovery texts. */
  recovery: string;
}

/** An engine that the configuration would use and the cluster lacks, with what is done instead. */
export interface MissingEngine {
  apiGroup: string;
  need: string;
  fallback: string;
}

export interface Phase {
  name: PhaseName;
  objects: PlannedObject[];
  missingEngines: MissingEngine[];
}
