import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '@/tests/support/kubernetes/api-server';
import { runControllers } from '@/tests/support/kubernetes/controllers';
import { connectTo } from '@/tests/support/kubernetes/kubeconfig';
import {
  configMap,
  deployment,
  NAMESPACE,
  namespace,
  phase,
  planned,
  smallPlan,
} from '@/tests/support/kubernetes/plans';
import type { Cluster } from '../cluster';
import type { Phase } from '../phase';
import { applyPhases } from './apply-phases';
import { destroyPhases } from './destroy-phases';
import { diffPhases } from './diff-phases';
import { statusOfPhases } from './status-of-phases';

const LOCK = { durationSeconds: 20, retryMs: 50 };
const WORKER = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: NAMESPACE, name: 'worker' };
const SETTINGS = { apiVersion: 'v1', kind: 'ConfigMap', namespace: NAMESPACE, name: 'settings' };

let server: ApiServer;
let cluster: Cluster & AsyncDisposable;

beforeEach(async () => {
  server = await startApiServer();
  cluster = await connectTo(server);
  runControllers(server);
});

afterEach(async () => {
  await cluster[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const apply = (phases: readonly Phase[]) => applyPhases(cluster, { namespace: NAMESPACE, phases, lock: LOCK });
const diff = async (phases: readonly Phase[]) => (await diffPhases(cluster, { namespace: NAMESPACE, phases })).objects;

describe('diff', () => {
  test('of an empty cluster: what the namespace keeps from being checked is said', async () => {
    const objects = await diff(smallPlan());

    expect(objects.map(({ object, change }) => [object, change])).toEqual([
      ['Namespace elder', 'create'],
      ['ConfigMap elder/settings', 'unchecked'],
      ['PersistentVolumeClaim elder/data', 'unchecked'],
      ['Deployment elder/worker', 'unchecked'],
      ['Job elder/check', 'unchecked'],
    ]);
    expect(server.seen.every(({ method, query }) => method === 'GET' || query.get('dryRun') === 'All')).toBe(true);
  });

  test('after an apply nothing differs', async () => {
    await apply(smallPlan());

    expect((await diff(smallPlan())).every(({ change }) => change === 'same')).toBe(true);
  });

  test('names fields with both values, and what would go or stay', async () => {
    await apply([...smallPlan(), phase('monitoring', planned(configMap('extra')))]);
    const plan = smallPlan({ settings: 'b' }).filter(({ name }) => name !== 'storage');

    const objects = await diff(plan);

    expect(
      objects.filter(({ change }) => change !== 'same').map(({ object, change, fields }) => [object, change, fields]),
    ).toEqual([
      ['ConfigMap elder/settings', 'change', [{ field: '.data.value', from: '"a"', to: '"b"' }]],
      ['PersistentVolumeClaim elder/data', 'keep', []],
      ['ConfigMap elder/extra', 'remove', []],
    ]);
  });

  test('values of a Secret are never shown, not in what kubectl kept of it either', async () => {
    server.put(namespace());
    const secret = (token: string) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'keys', namespace: NAMESPACE },
      data: { token: Buffer.from(token).toString('base64') },
    });
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': 'aHVudGVyMg==' };
    server.put({ ...secret('hunter2'), metadata: { ...secret('').metadata, annotations } });

    const objects = await diff([phase('infrastructure', planned(secret('hunter3')))]);

    expect(objects[0]).toMatchObject({
      change: 'change',
      fields: expect.arrayContaining([{ field: '.data.token', from: '••••••', to: '••••••' }]),
    });
    expect(JSON.stringify(objects)).not.toMatch(/aHVudGVy/);
  });

  test('replicas that a scaler takes over are not shown as one', async () => {
    await apply([
      phase('infrastructure', planned(namespace())),
      phase('workers', planned(deployment('worker', { replicas: 6 }), 'rolled-out')),
    ]);

    const objects = await diff([phase('workers', planned(deployment('worker'), 'rolled-out'))]);

    expect(objects.find(({ object }) => object === 'Deployment elder/worker')).toMatchObject({ change: 'same' });
  });

  test('what the server refuses is told beside all else', async () => {
    server.put(namespace());

    const objects = await diff([
      phase('workers', planned(deployment('worker', { replicaz: 1 })), planned(configMap('fine'))),
    ]);

    expect(objects).toMatchObject([
      { change: 'refused', problem: { clusterProblem: 'unknownField' } },
      { object: 'ConfigMap elder/fine', change: 'create' },
    ]);
  });
});

describe('status', () => {
  test('says of each object whether its goal is met', async () => {
    await apply(smallPlan());
    server.setStatus(WORKER, { observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 1 });
    server.remove(SETTINGS);

    const status = await statusOfPhases(cluster, { namespace: NAMESPACE, phases: smallPlan() });

    expect(status).toMatchObject({ lastApply: { state: 'complete' }, isSameConfiguration: true });
    expect(
      status.objects
        .filter(({ verdict }) => verdict.state !== 'met')
        .map(({ object, verdict }) => [object, verdict.detail.what]),
    ).toEqual([
      ['ConfigMap elder/settings', 'missing'],
      ['Deployment elder/worker', 'replicas'],
    ]);
  });

  test('a Job that did its work and was forgotten is done, until it is to do something else', async () => {
    const check = { apiVersion: 'batch/v1', kind: 'Job', namespace: NAMESPACE, name: 'check' };
    await apply(smallPlan());
    server.remove(check);
    const other = smallPlan({ image: 'elder:2' });
    const statusOf = (phases: readonly Phase[]) => statusOfPhases(cluster, { namespace: NAMESPACE, phases });

    const [same, changed] = [await statusOf(smallPlan()), await statusOf(other)];

    expect(same.objects.every(({ verdict }) => verdict.state === 'met')).toBe(true);
    expect((await diff(smallPlan())).every(({ change }) => change === 'same')).toBe(true);
    expect(changed.objects.find(({ object }) => object === 'Job elder/check')?.verdict.state).toBe('waiting');
    expect((await diff(other)).find(({ object }) => object === 'Job elder/check')?.change).toBe('create');
  });

  test('of a cluster that was never applied to', async () => {
    const status = await statusOfPhases(cluster, { namespace: NAMESPACE, phases: smallPlan() });

    expect(status).toMatchObject({ lastApply: null, isSameConfiguration: false });
    expect(status.objects.every(({ verdict }) => verdict.detail.what === 'missing')).toBe(true);
  });
});

describe('destroy', () => {
  const destroy = (withData: boolean, phases = smallPlan()) =>
    destroyPhases(cluster, { namespace: NAMESPACE, phases, withData, lock: LOCK, timeoutMs: 100 });

  test('takes the last phase first and keeps data', async () => {
    await apply(smallPlan());

    const end = await destroy(false);

    expect(end.removed).toEqual(['Job elder/check', 'Deployment elder/worker', 'ConfigMap elder/settings']);
    expect(end.kept).toEqual(['PersistentVolumeClaim elder/data']);
    expect(server.find({ apiVersion: 'v1', kind: 'Namespace', name: NAMESPACE })).toBeDefined();
  });

  test('with data, all goes, and the namespace', async () => {
    await apply(smallPlan());
    await destroy(false);

    const end = await destroy(true, []);

    expect(end).toMatchObject({
      removed: ['PersistentVolumeClaim elder/data', 'Namespace elder'],
      kept: [],
      stuck: [],
    });
    expect(server.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: NAMESPACE })).toEqual([]);
  });

  test('leaves alone what bears the label of another', async () => {
    server.put(namespace());
    server.put(configMap('settings', { theirs: 'yes' }));

    const end = await destroy(true);

    expect(end).toMatchObject({ removed: [], kept: ['ConfigMap elder/settings', 'Namespace elder'] });
  });

  test('what a finalizer holds is told', async () => {
    await apply(smallPlan());
    server.edit(SETTINGS, (object) => {
      object.metadata.finalizers = ['example.com/hold'];
    });

    const end = await destroy(true);

    expect(end.stuck).toEqual(['ConfigMap elder/settings']);
    expect(server.find({ apiVersion: 'v1', kind: 'Namespace', name: NAMESPACE })).toBeDefined();
  });

  test('of nothing is nothing', async () => {
    expect(await destroy(true)).toEqual({ removed: [], kept: [], stuck: [] });
  });
});
