import { expect, test } from 'vitest';
import type { ClusterObject } from '../cluster/cluster-object';
import type { Goal } from '../phase';
import { judgeGoal } from './goal';

const object = (
  kind: string,
  status: unknown,
  spec: unknown = {},
  metadata: Partial<ClusterObject['metadata']> = {},
): ClusterObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'it', generation: 3, ...metadata },
  spec,
  status,
});

const settled = { observedGeneration: 3, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
const failed = { type: 'Failed', status: 'True', reason: 'DeadlineExceeded' };
const stuck = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' };

test.each<[string, ClusterObject | null, Goal, string]>([
  ['nothing', null, 'present', 'waiting'],
  ['anything', object('ConfigMap', undefined), 'present', 'met'],
  ['what is being deleted', object('ConfigMap', undefined, {}, { deletionTimestamp: 'now' }), 'present', 'waiting'],
  ['all of the newest generation', object('Deployment', settled, { replicas: 2 }), 'rolled-out', 'met'],
  [
    'an older generation',
    object('Deployment', { ...settled, observedGeneration: 2 }, { replicas: 2 }),
    'rolled-out',
    'waiting',
  ],
  [
    'pods of before still there',
    object('Deployment', { ...settled, replicas: 3 }, { replicas: 2 }),
    'rolled-out',
    'waiting',
  ],
  [
    'too few available',
    object('Deployment', { ...settled, availableReplicas: 1 }, { replicas: 2 }),
    'rolled-out',
    'waiting',
  ],
  ['no replicas wanted', object('Deployment', { observedGeneration: 3 }, { replicas: 0 }), 'rolled-out', 'met'],
  [
    'a deadline that passed',
    object('Deployment', { observedGeneration: 3, conditions: [stuck] }, { replicas: 2 }),
    'rolled-out',
    'failed',
  ],
  [
    'a set on two revisions',
    object('StatefulSet', { ...settled, currentRevision: 'a', updateRevision: 'b' }, { replicas: 2 }),
    'rolled-out',
    'waiting',
  ],
  [
    'a set on one revision',
    object('StatefulSet', { ...settled, currentRevision: 'b', updateRevision: 'b' }, { replicas: 2 }),
    'rolled-out',
    'met',
  ],
  [
    'a daemon everywhere',
    object('DaemonSet', {
      observedGeneration: 3,
      desiredNumberScheduled: 4,
      updatedNumberScheduled: 4,
      numberAvailable: 4,
    }),
    'rolled-out',
    'met',
  ],
  ['a job that runs', object('Job', { active: 1 }), 'succeeded', 'waiting'],
  ['a job that is done', object('Job', { conditions: [{ type: 'Complete', status: 'True' }] }), 'succeeded', 'met'],
  ['a job that failed', object('Job', { conditions: [failed] }), 'succeeded', 'failed'],
  [
    'a job that no longer fails',
    object('Job', { conditions: [{ ...failed, status: 'False' }] }),
    'succeeded',
    'waiting',
  ],
  ['a claim with a volume', object('PersistentVolumeClaim', { phase: 'Bound' }), 'bound', 'met'],
  ['a claim without', object('PersistentVolumeClaim', { phase: 'Pending' }), 'bound', 'waiting'],
  ['a claim that lost it', object('PersistentVolumeClaim', { phase: 'Lost' }), 'bound', 'failed'],
  [
    'a condition that holds',
    object('Cluster', { conditions: [{ type: 'Ready', status: 'True' }] }),
    { condition: 'Ready' },
    'met',
  ],
  [
    'a condition of before',
    object('Cluster', { conditions: [{ type: 'Ready', status: 'True', observedGeneration: 2 }] }),
    { condition: 'Ready' },
    'waiting',
  ],
  ['a condition nobody wrote', object('Cluster', { conditions: 'none' }), { condition: 'Ready' }, 'waiting'],
])('%s', (_name, given, goal, state) => {
  expect(judgeGoal(given, goal).state).toBe(state);
});
