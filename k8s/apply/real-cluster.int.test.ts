import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApiServer } from '@/tests/support/kubernetes/api-server';
import { runControllers } from '@/tests/support/kubernetes/controllers';
import { QUICK, writeKubeconfig } from '@/tests/support/kubernetes/kubeconfig';
import { type Cluster, connectCluster } from '../cluster';
import { at, type ClusterObject } from '../cluster/cluster-object';
import { clusterProblemOf } from '../cluster/cluster-problem';
import { createLease } from '../lease/lease';
import type { Phase, PlannedObject } from '../phase';
import { applyPhases } from './apply-phases';
import { destroyPhases } from './destroy-phases';
import { diffPhases } from './diff-phases';
import { statusOfPhases } from './status-of-phases';

const IMAGE = 'registry.k8s.io/pause:3.10';

const plannedIn = (
  namespace: string,
  object: Omit<ClusterObject, 'metadata'> & { name: string },
  goal: PlannedObject['goal'],
): PlannedObject => {
  const { name, ...rest } = object;
  const metadata = rest.kind === 'Namespace' ? { name } : { name, namespace };
  return { object: { ...rest, metadata } as PlannedObject['object'], goal, timeoutSeconds: 120, recovery: 'look' };
};

function plan(namespace: string, { replicas, value }: { replicas?: number; value: string }): Phase[] {
  const labels = { app: 'pause' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'pause', image: IMAGE }] } };
  const spec = { ...(replicas !== undefined && { replicas }), selector: { matchLabels: labels }, template };
  return [
    {
      name: 'infrastructure',
      missingEngines: [],
      objects: [
        plannedIn(namespace, { apiVersion: 'v1', kind: 'Namespace', name: namespace }, 'present'),
        plannedIn(namespace, { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', data: { value } }, 'present'),
      ],
    },
    {
      name: 'workers',
      missingEngines: [],
      objects: [plannedIn(namespace, { apiVersion: 'apps/v1', kind: 'Deployment', name: 'pause', spec }, 'rolled-out')],
    },
  ];
}

/** What holds of a cluster, real or not. */
function casesOf(connect: () => Cluster): void {
  const namespace = `elder-test-${Date.now().toString(36)}`;
  const PAUSE = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'pause' };

  afterEach(async () => {
    const options = { namespace, phases: plan(namespace, { value: 'a' }), withData: true };
    await destroyPhases(connect(), options);
  }, 180_000);

  test('apply, status, diff, hand-over of replicas, conflict, lease and destroy', async () => {
    const cluster = connect();
    const apply = (phases: Phase[]) => applyPhases(cluster, { namespace, phases });

    expect((await cluster.engines()).has('apps')).toBe(true);
    expect((await apply(plan(namespace, { replicas: 2, value: 'a' }))).failure).toBeNull();
    expect(
      (await diffPhases(cluster, { namespace, phases: plan(namespace, { replicas: 2, value: 'a' }) })).objects.map(
        ({ change }) => change,
      ),
    ).toEqual(['same', 'same', 'same']);
    const changed = await diffPhases(cluster, { namespace, phases: plan(namespace, { replicas: 2, value: 'b' }) });
    expect(changed.objects.flatMap(({ fields }) => fields)).toEqual([{ field: '.data.value', from: '"a"', to: '"b"' }]);

    expect((await apply(plan(namespace, { value: 'a' }))).failure).toBeNull();
    expect((await cluster.readScale(PAUSE)).asked).toBe(2);
    await cluster.scale(PAUSE, 1);
    expect((await apply(plan(namespace, { value: 'c' }))).failure).toBeNull();
    expect(at(await cluster.find(PAUSE), 'spec', 'replicas')).toBe(1);

    const map = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace },
      data: { value: 'theirs' },
    };
    await cluster.apply(map, { manager: 'somebody', isForced: true });
    const refused = await cluster.apply({ ...map, data: { value: 'ours' } }).catch(clusterProblemOf);
    expect(refused).toMatchObject({ clusterProblem: 'fieldConflict', managers: ['somebody'], fields: ['.data.value'] });
    const unknown = await cluster.apply({ ...map, dataz: {} }).catch(clusterProblemOf);
    expect(unknown).toMatchObject({ clusterProblem: 'unknownField' });

    const one = createLease(cluster, { namespace, name: 'test', identity: 'one', durationSeconds: 15 });
    const two = createLease(cluster, { namespace, name: 'test', identity: 'two', durationSeconds: 15 });
    expect([await one.tryHold(), await two.tryHold()]).toEqual([true, false]);
    await one.release();
    expect(await two.tryHold()).toBe(true);

    const status = await statusOfPhases(cluster, { namespace, phases: plan(namespace, { value: 'c' }) });
    expect(status.objects.every(({ verdict }) => verdict.state === 'met')).toBe(true);
  }, 300_000);
}

describe('the in-process server', () => {
  let cluster: Cluster;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    const server = await startApiServer();
    runControllers(server);
    const kubeconfig = await writeKubeconfig({ here: server });
    cluster = connectCluster({ kubeconfig: kubeconfig.file }, QUICK);
    stop = async () => {
      await server[Symbol.asyncDispose]();
      await kubeconfig[Symbol.asyncDispose]();
    };
  });
  // Runs after the hook of the cases, which needs the server.
  afterEach(() => stop());

  casesOf(() => cluster);
});

if (process.env.KUBECONFIG) {
  describe('a real cluster', () => casesOf(() => connectCluster()));
} else {
  process.stdout.write('real-cluster.int.test.ts: KUBECONFIG is not set, so no case ran on a real cluster\n');
}
