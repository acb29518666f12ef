import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '@/tests/support/kubernetes/api-server';
import { runControllers, type Trouble } from '@/tests/support/kubernetes/controllers';
import { customKind } from '@/tests/support/kubernetes/kinds';
import { connectTo } from '@/tests/support/kubernetes/kubeconfig';
import {
  claim,
  configMap,
  deployment,
  job,
  NAMESPACE,
  namespace,
  phase,
  planned,
  smallPlan,
} from '@/tests/support/kubernetes/plans';
import { Refusal } from '@/tests/support/kubernetes/refusal';
import type { Cluster } from '../cluster';
import { at, type ObjectReference } from '../cluster/cluster-object';
import { createLease } from '../lease/lease';
import type { Phase } from '../phase';
import { type ApplyEvent, type ApplyRequest, applyPhases } from './apply-phases';
import { readRecord } from './apply-record';

const LOCK = { durationSeconds: 20, retryMs: 50 };
const SHORT = { lock: { durationSeconds: 1, retryMs: 50 } };
const WORKER = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: NAMESPACE, name: 'worker' };
const SETTINGS = { apiVersion: 'v1', kind: 'ConfigMap', namespace: NAMESPACE, name: 'settings' };
const CHECK = { apiVersion: 'batch/v1', kind: 'Job', namespace: NAMESPACE, name: 'check' };

let server: ApiServer;
let cluster: Cluster & AsyncDisposable;
let trouble: { -readonly [Name in keyof Trouble]: Trouble[Name] };
let events: ApplyEvent[];

beforeEach(async () => {
  server = await startApiServer();
  cluster = await connectTo(server);
  trouble = {};
  events = [];
  runControllers(server, trouble);
});

afterEach(async () => {
  await cluster[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const apply = (phases: readonly Phase[], more: Partial<ApplyRequest> = {}) =>
  applyPhases(cluster, { namespace: NAMESPACE, phases, lock: LOCK, onEvent: (event) => events.push(event), ...more });

const phasesIn = (state: string) =>
  events.flatMap((event) => (event.type === 'phase' && event.state === state ? [event.phase] : []));

describe('phases', () => {
  test('each object is applied and waited for, in order', async () => {
    const end = await apply(smallPlan());

    expect(end).toMatchObject({ failure: null, completed: ['infrastructure', 'storage', 'workers', 'validation'] });
    expect(events.filter(({ type }) => type === 'object').map((event) => 'object' in event && event.object)).toEqual(
      expect.arrayContaining(['Namespace elder', 'Deployment elder/worker', 'Job elder/check']),
    );
    expect(server.find(WORKER)?.metadata.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'ancient-elder' });
    expect(await readRecord(cluster, NAMESPACE)).toMatchObject({ state: 'complete' });
    expect(
      at(
        server.find({ ...SETTINGS, apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name: 'ancient-elder-apply' }),
        'spec',
        'holderIdentity',
      ),
    ).toBe('');
  });

  test('an engine that is missing is told', async () => {
    const engine = { apiGroup: 'keda.sh', need: 'scaling by backlog', fallback: 'CPU' };
    const [first = phase('infrastructure'), ...rest] = smallPlan();

    await apply([{ ...first, missingEngines: [engine] }, ...rest]);

    expect(events).toContainEqual({ type: 'engine-missing', phase: 'infrastructure', engine });
  });

  test('a pod that crashes ends its phase with condition, event and log', async () => {
    trouble.crashes = { worker: 'starting\nError: DATABASE_URL is missing' };

    const { failure } = await apply([
      phase('infrastructure', planned(namespace())),
      phase('workers', planned(deployment('worker'), 'rolled-out', 0.4)),
      phase('api', planned(configMap('later'))),
    ]);

    expect(failure).toMatchObject({
      phase: 'workers',
      object: 'Deployment elder/worker',
      verdict: { state: 'waiting', detail: { what: 'replicas', available: 0, wanted: 1 } },
      recovery: 'look-at-deployment',
      evidence: {
        conditions: [expect.stringContaining('MinimumReplicasUnavailable')],
        events: ['Pod elder/worker-0: BackOff: Back-off restarting failed container'],
        pod: {
          name: 'worker-0',
          container: 'main',
          reason: 'CrashLoopBackOff',
          log: ['starting', 'Error: DATABASE_URL is missing'],
        },
        unread: [],
      },
    });
    expect(server.find({ ...SETTINGS, name: 'later' })).toBeUndefined();
    const looked = server.seen
      .filter(({ path }) => path.endsWith('/events'))
      .map(({ query }) => query.get('fieldSelector'));
    expect(looked).toEqual([
      'type=Warning,involvedObject.kind=Deployment,involvedObject.name=worker',
      'type=Warning,involvedObject.kind=Pod,involvedObject.name=worker-0',
    ]);
    expect(await readRecord(cluster, NAMESPACE)).toMatchObject({ state: 'failed' });
  });

  test('a Job that fails is told at once, with its log', async () => {
    trouble.fails = { check: 'connection refused' };

    const { failure } = await apply(smallPlan());

    expect(failure).toMatchObject({
      phase: 'validation',
      verdict: { state: 'failed', detail: { reason: 'BackoffLimitExceeded' } },
      evidence: { pod: { log: ['connection refused'] } },
    });
  });

  test('what may not be read about a failure is named and hides nothing else', async () => {
    trouble.fails = { check: 'connection refused' };
    server.deny('list', 'events');

    const { failure } = await apply(smallPlan());

    expect(failure?.evidence).toMatchObject({
      pod: { log: ['connection refused'] },
      unread: [expect.stringMatching(/^Events: .*cannot list/)],
    });
  });

  test('a claim that stays pending ends its phase; one whose class waits for a consumer does not', async () => {
    trouble.pending = ['data'];
    const plan = [
      phase('infrastructure', planned(namespace())),
      phase('storage', planned(claim('data'), 'bound', 0.3)),
    ];

    const first = await apply(plan);
    server.put({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'local', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      volumeBindingMode: 'WaitForFirstConsumer',
    });
    const second = await apply(plan);

    expect(first.failure?.verdict).toEqual({ state: 'waiting', detail: { what: 'unbound' } });
    expect(second.failure).toBeNull();
  });

  test('a custom resource is ready when its condition is, of this generation', async () => {
    const kind = customKind('postgresql.cnpg.io/v1', 'Cluster', 'clusters');
    server.install(kind);
    const database = {
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata: { name: 'db', namespace: NAMESPACE },
      spec: { instances: 3 },
    };
    server.onStored(({ type, object }) => {
      if (type !== 'ADDED' || object.kind !== 'Cluster') return;
      setTimeout(
        () =>
          server.setStatus(
            { ...database, ...database.metadata },
            { conditions: [{ type: 'Ready', status: 'True' }] },
            'cnpg',
          ),
        20,
      );
    });

    const { failure } = await apply([
      phase('infrastructure', planned(namespace())),
      phase('storage', planned(database, { condition: 'Ready' })),
    ]);

    expect(failure).toBeNull();
  });

  test('an object that is refused ends its phase with what the server says', async () => {
    server.admit(({ kind }) =>
      kind === 'Job'
        ? new Refusal(403, 'Forbidden', 'admission webhook "images.example" denied the request: unsigned')
        : null,
    );

    const { failure } = await apply(smallPlan());

    expect(failure).toMatchObject({
      phase: 'validation',
      problem: { clusterProblem: 'policy', cause: expect.stringContaining('unsigned') },
    });
  });
});

describe('going on', () => {
  test('the next run goes on where this one stopped', async () => {
    trouble.fails = { check: 'no' };
    await apply(smallPlan());
    trouble.fails = {};
    events.length = 0;

    const end = await apply(smallPlan());

    expect(end.failure).toBeNull();
    expect(phasesIn('already-done')).toEqual(['infrastructure', 'storage', 'workers']);
    expect(phasesIn('done')).toEqual(['validation']);
  });

  test('a changed configuration begins anew at the first phase that differs', async () => {
    await apply(smallPlan());
    events.length = 0;

    await apply(smallPlan({ image: 'elder:2' }));

    expect(phasesIn('started')).toEqual(['validation']);
    expect(at(server.find(CHECK), 'spec', 'template', 'spec', 'containers')).toMatchObject([{ image: 'elder:2' }]);
  });

  test('a phase whose objects are gone since is done again, and all after it', async () => {
    trouble.fails = { check: 'no' };
    await apply(smallPlan());
    trouble.fails = {};
    server.remove({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: NAMESPACE, name: 'data' });
    events.length = 0;

    await apply(smallPlan());

    expect(phasesIn('started')).toEqual(['storage', 'workers', 'validation']);
  });

  test('the same configuration again repairs what others changed and runs checks again', async () => {
    await apply(smallPlan());
    const first = server.find(CHECK)?.metadata.uid;
    server.remove(SETTINGS);

    await apply(smallPlan());

    expect(server.find(SETTINGS)).toBeDefined();
    expect(server.find(CHECK)?.metadata.uid).not.toBe(first);
  });

  test('a signal ends it at once and leaves a record to go on from', async () => {
    trouble.silent = ['worker'];
    const stop = new AbortController();
    const running = apply(smallPlan(), {
      signal: stop.signal,
      onEvent: (event) => {
        events.push(event);
        if (event.type === 'object' && event.object === 'Deployment elder/worker') stop.abort();
      },
    });

    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readRecord(cluster, NAMESPACE)).toMatchObject({ state: 'cancelled' });
    trouble.silent = [];
    server.edit(WORKER, (object) => {
      object.metadata.annotations = { touched: 'yes' };
    });
    events.length = 0;
    expect((await apply(smallPlan())).failure).toBeNull();
    expect(phasesIn('already-done')).toEqual(['infrastructure', 'storage']);
  });

  test('a run survives cut connections, a busy server and a token that runs out', async () => {
    server.fail({ method: 'PATCH', times: 2, does: 'cut' });
    server.fail({
      path: /deployments/,
      times: 2,
      does: { status: 429, reason: 'TooManyRequests', retryAfterSeconds: 0 },
    });
    server.fail({ path: /jobs/, times: 1, does: { status: 500, reason: 'InternalError' } });

    expect((await apply(smallPlan())).failure).toBeNull();
  });

  test('a record that is damaged is told, not written over', async () => {
    await apply(smallPlan());
    server.edit({ ...SETTINGS, name: 'ancient-elder-apply' }, (map) => {
      map.data = { version: '1', progress: '{', inventory: '[]' };
    });

    await expect(apply(smallPlan())).rejects.toMatchObject({
      details: { object: 'ConfigMap elder/ancient-elder-apply', clusterProblem: 'invalid' },
    });
  });
});

describe('one at a time', () => {
  test('a second apply is told who holds the first', async () => {
    server.put(namespace());
    const other = createLease(cluster, {
      namespace: NAMESPACE,
      name: 'ancient-elder-apply',
      identity: 'the-other',
      durationSeconds: 1,
    });
    await other.tryHold();
    const renewing = setInterval(() => void other.tryHold(), 100);

    const refused = apply(smallPlan(), SHORT);

    await expect(refused).rejects.toMatchObject({
      code: 'conflict',
      details: { applyProblem: 'locked', holder: 'the-other' },
    });
    clearInterval(renewing);
    expect(server.find(WORKER)).toBeUndefined();
  });

  test('a lock whose holder died is taken', async () => {
    server.put(namespace());
    await createLease(cluster, {
      namespace: NAMESPACE,
      name: 'ancient-elder-apply',
      identity: 'dead',
      durationSeconds: 1,
    }).tryHold();

    expect((await apply(smallPlan())).failure).toBeNull();
  });

  test('who loses the lock stops', async () => {
    trouble.silent = ['worker'];
    const lease: ObjectReference = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      namespace: NAMESPACE,
      name: 'ancient-elder-apply',
    };

    const running = apply(smallPlan(), {
      onEvent: (event) => {
        if (event.type !== 'object' || event.object !== 'Deployment elder/worker') return;
        server.edit(lease, (object) => {
          object.spec = { ...(object.spec as object), holderIdentity: 'thief' };
        });
      },
    });

    await expect(running).rejects.toMatchObject({ details: { applyProblem: 'lockLost' } });
    expect(await readRecord(cluster, NAMESPACE)).toMatchObject({ state: 'running' });
  });
});

describe('what is not planned any more', () => {
  const without = (name: string): Phase[] =>
    smallPlan().map((each) => ({
      ...each,
      objects: each.objects.filter(({ object }) => object.metadata?.name !== name),
    }));

  test('goes, when it is recorded and ours', async () => {
    const more = [...smallPlan(), phase('monitoring', planned(configMap('extra')), planned(configMap('taken')))];
    await apply(more);
    server.edit({ ...SETTINGS, name: 'taken' }, (object) => {
      object.metadata.labels = { 'app.kubernetes.io/managed-by': 'somebody' };
    });
    server.put({
      ...configMap('unrelated'),
      metadata: {
        name: 'unrelated',
        namespace: NAMESPACE,
        labels: { 'app.kubernetes.io/managed-by': 'ancient-elder' },
      },
    });

    const end = await apply(smallPlan());

    expect(server.find({ ...SETTINGS, name: 'extra' })).toBeUndefined();
    expect(server.find({ ...SETTINGS, name: 'taken' })).toBeDefined();
    expect(server.find({ ...SETTINGS, name: 'unrelated' })).toBeDefined();
    expect(end.kept).toEqual(['ConfigMap elder/taken']);
  });

  test('data stays, and goes later when that is asked for', async () => {
    const data = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: NAMESPACE, name: 'data' };
    await apply(smallPlan());

    const first = await apply(without('data'));
    expect(first.kept).toEqual(['PersistentVolumeClaim elder/data']);
    expect(server.find(data)).toBeDefined();

    await apply(without('data'), { withData: true });
    expect(server.find(data)).toBeUndefined();
  });
});

describe('secrets', () => {
  const need = {
    namespace: NAMESPACE,
    name: 'keys',
    keys: ['token'],
    make: () => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'keys', namespace: NAMESPACE },
      type: 'Opaque',
      data: { token: 'bWFkZQ==' },
    }),
  };
  const KEYS = { ...SETTINGS, kind: 'Secret', name: 'keys' };

  test('one that is not there is made once and never touched again', async () => {
    await apply(smallPlan(), { secrets: [need] });
    const { uid } = server.find(KEYS)?.metadata ?? {};

    await apply(smallPlan({ settings: 'b' }), {
      secrets: [{ ...need, make: () => ({ ...need.make(), data: { token: 'b3RoZXI=' } }) }],
    });

    expect(server.find(KEYS)).toMatchObject({
      metadata: { uid },
      data: { token: Buffer.from('made').toString('base64') },
    });
  });

  test('one is known to a later destroy however the run that makes it ends', async () => {
    const second = {
      ...need,
      name: 'second',
      make: () => ({ ...need.make(), metadata: { name: 'second', namespace: NAMESPACE } }),
    };
    server.admit((object) =>
      object.metadata.name === 'second' ? new Refusal(403, 'Forbidden', 'no more secrets') : null,
    );

    await expect(apply(smallPlan(), { secrets: [need, second] })).rejects.toThrow('no more secrets');

    expect(server.find(KEYS)).toBeDefined();
    expect((await readRecord(cluster, NAMESPACE))?.inventory).toContainEqual({ ...KEYS, apiVersion: 'v1' });
  });

  test('one that only people can give is asked for before anything is applied', async () => {
    const given = { namespace: NAMESPACE, name: 'database', keys: ['DATABASE_URL'], make: null };

    const end = await apply(smallPlan(), { secrets: [given] });

    expect(end.lackingSecrets).toEqual([{ namespace: NAMESPACE, name: 'database', keys: ['DATABASE_URL'] }]);
    expect(server.find(SETTINGS)).toBeUndefined();
  });
});

describe('replicas', () => {
  const plan = (spec: Record<string, unknown>) => [
    phase('infrastructure', planned(namespace())),
    phase('workers', planned(deployment('worker', spec), 'rolled-out')),
  ];

  test('left to a scaler stay as they are until it sets them', async () => {
    await apply(plan({ replicas: 6 }));

    await apply(plan({}));

    expect(at(server.find(WORKER), 'spec', 'replicas')).toBe(6);
    const owners = server
      .find(WORKER)
      ?.metadata.managedFields?.filter(({ fieldsV1 }) => at(fieldsV1, 'f:spec', 'f:replicas'));
    expect(owners?.map(({ manager }) => manager)).toEqual(['ancient-elder-hand-over']);
    await cluster.scale(WORKER, 9);
    await apply(plan({ minReadySeconds: 1 }));
    expect(at(server.find(WORKER), 'spec', 'replicas')).toBe(9);
  });

  test('are taken back from a scaler by a plan that sets them', async () => {
    await apply(plan({}));
    await cluster.scale(WORKER, 9);

    const { failure } = await apply(plan({ replicas: 3 }));

    expect(failure).toBeNull();
    expect(at(server.find(WORKER), 'spec', 'replicas')).toBe(3);
  });

  test('that a person set are a conflict with a name', async () => {
    await apply(plan({ replicas: 2 }));
    server.edit(WORKER, (object) => {
      object.spec = { ...(object.spec as object), replicas: 5 };
    });

    const refused = await apply(plan({ replicas: 2 }));
    const forced = await apply(plan({ replicas: 2 }), { isForced: true });

    expect(refused.failure?.problem).toMatchObject({ clusterProblem: 'fieldConflict', managers: ['kubectl-edit'] });
    expect(forced.failure).toBeNull();
  });
});

test('a Job that still runs with what the plan says is waited for, not begun again', async () => {
  trouble.silent = ['check'];
  const plan = [
    phase('infrastructure', planned(namespace())),
    phase('validation', planned(job('check'), 'succeeded', 0.2)),
  ];
  await apply(plan);
  const uid = server.find(CHECK)?.metadata.uid;
  const patient = plan.map((each) => ({
    ...each,
    objects: each.objects.map((one) => ({ ...one, timeoutSeconds: 20 })),
  }));

  const { failure } = await apply(patient, {
    onEvent: (event) => {
      if (event.type !== 'object' || event.object !== 'Job elder/check' || event.state !== 'applied') return;
      server.setStatus(CHECK, { conditions: [{ type: 'Complete', status: 'True' }] });
    },
  });

  expect(failure).toBeNull();
  expect(server.find(CHECK)?.metadata.uid).toBe(uid);
});

test('a cluster that is not there is told by its context', async () => {
  await server[Symbol.asyncDispose]();

  await expect(apply(smallPlan())).rejects.toMatchObject({
    details: { clusterProblem: 'unreachable', cluster: 'test' },
  });
});
