import { at, type ClusterObject } from '../cluster/cluster-object';
import type { Goal } from '../phase';

/** What of a goal is, or is not, so. Words of the cluster itself are in `reason` and `message`. */
export type GoalDetail =
  | { what: 'present' | 'missing' | 'succeeded' | 'bound' | 'waits-for-consumer' | 'not-observed' }
  /** Of a Job that runs, or of a claim that has no volume. */
  | { what: 'running' | 'unbound' | 'lost' | 'being-deleted' }
  | { what: 'replicas'; available: number; updated: number; wanted: number }
  | { what: 'condition'; type: string; status: string; reason: string; message: string };

export interface GoalVerdict {
  /** `failed`: waiting longer does not help. */
  state: 'met' | 'waiting' | 'failed';
  detail: GoalDetail;
}

interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  observedGeneration?: number;
}

const met = (detail: GoalDetail): GoalVerdict => ({ state: 'met', detail });
const waiting = (detail: GoalDetail): GoalVerdict => ({ state: 'waiting', detail });
const failed = (detail: GoalDetail): GoalVerdict => ({ state: 'failed', detail });

export function conditionsOf(object: ClusterObject): Condition[] {
  const conditions = at(object, 'status', 'conditions');
  return Array.isArray(conditions) ? conditions.filter((each) => typeof at(each, 'type') === 'string') : [];
}

export function judgeGoal(object: ClusterObject | null | undefined, goal: Goal): GoalVerdict {
  if (!object) return waiting({ what: 'missing' });
  if (object.metadata.deletionTimestamp) return waiting({ what: 'being-deleted' });
  if (typeof goal === 'object') return judgeCondition(object, goal.condition);
  switch (goal) {
    case 'present':
      return met({ what: 'present' });
    case 'succeeded':
      return judgeJob(object);
    case 'bound':
      return judgeClaim(object);
    case 'rolled-out':
      return judgeRollout(object);
  }
}

function judgeCondition(object: ClusterObject, type: string): GoalVerdict {
  const condition = conditionsOf(object).find((each) => each.type === type);
  if (!condition) return waiting({ what: 'not-observed' });
  const { observedGeneration, status } = condition;
  // A condition of the generation before says nothing about this one.
  if (observedGeneration !== undefined && observedGeneration < (object.metadata.generation ?? 0)) {
    return waiting({ what: 'not-observed' });
  }
  return status === 'True' ? met(detailOf(condition)) : waiting(detailOf(condition));
}

function detailOf({ type, status, reason = '', message = '' }: Condition): GoalDetail {
  return { what: 'condition', type, status, reason, message };
}

function judgeJob(object: ClusterObject): GoalVerdict {
  const ended = conditionsOf(object).filter(({ status }) => status === 'True');
  if (ended.some(({ type }) => type === 'Complete')) return met({ what: 'succeeded' });
  const failure = ended.find(({ type }) => type === 'Failed');
  return failure ? failed(detailOf(failure)) : waiting({ what: 'running' });
}

function judgeClaim(object: ClusterObject): GoalVerdict {
  const phase = at(object, 'status', 'phase');
  if (phase === 'Bound') return met({ what: 'bound' });
  return phase === 'Lost' ? failed({ what: 'lost' }) : waiting({ what: 'unbound' });
}

/** As `kubectl rollout status` judges it. */
function judgeRollout(object: ClusterObject): GoalVerdict {
  const status = (name: string): number => Number(at(object, 'status', name) ?? 0);
  if (status('observedGeneration') < (object.metadata.generation ?? 0)) return waiting({ what: 'not-observed' });
  const stuck = conditionsOf(object).find(({ reason }) => reason === 'ProgressDeadlineExceeded');
  if (stuck) return failed(detailOf(stuck));
  const isDaemon = object.kind === 'DaemonSet';
  const wanted = isDaemon ? status('desiredNumberScheduled') : Number(at(object, 'spec', 'replicas') ?? 1);
  const updated = isDaemon ? status('updatedNumberScheduled') : status('updatedReplicas');
  const available = isDaemon ? status('numberAvailable') : status('availableReplicas');
  const detail: GoalDetail = { what: 'replicas', available, updated, wanted };
  const hasOld = object.kind === 'Deployment' && status('replicas') > updated;
  const isOnNewest =
    object.kind !== 'StatefulSet' ||
    wanted === 0 ||
    at(object, 'status', 'currentRevision') === at(object, 'status', 'updateRevision');
  return updated >= wanted && available >= wanted && !hasOld && isOnNewest ? met(detail) : waiting(detail);
}
