import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { at } from '@/k8s/cluster/cluster-object';
import { asSystem } from '@/lib/auth/tenants';
import { closeDb, db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import type { ClusterRunView } from '@/lib/schemas/cluster';
import {
  checkClusterConfiguration,
  renderCluster,
  saveClusterConfiguration,
} from '@/lib/services/cluster-configuration';
import { getCluster, getClusterRun, requestClusterRun, stopClusterRun } from '@/lib/services/cluster-runs';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam, type TestTeam } from '@/tests/support/factories';
import { type ApiServer, startApiServer } from '@/tests/support/kubernetes/api-server';
import { runControllers, type Trouble } from '@/tests/support/kubernetes/controllers';
import { type Kubeconfig, writeKubeconfig } from '@/tests/support/kubernetes/kubeconfig';
import { runClusterJob } from './jobs/run-cluster';

const TEXT = `# One small instance
deploymentMode: multi_node
monitoring: { isEnabled: false }
network: { host: elder.example.org }
`;
const WEB = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'ancient-elder', name: 'elder-web' };
const POSTGRES = { ...WEB, kind: 'StatefulSet', name: 'elder-postgres' };

let database: TestDatabase;
let kubeconfig: Kubeconfig;
let server: ApiServer;
let trouble: { -readonly [Name in keyof Trouble]: Trouble[Name] };
let owners: TestTeam;
let others: TestTeam;

beforeAll(async () => {
  kubeconfig = await writeKubeconfig({});
  vi.stubEnv('CLUSTER_KUBECONFIG', kubeconfig.file);
  database = await testDatabase();
  owners = await createTeam();
  await db().instance.updateMany({ data: { ownerTeamId: owners.teamId } });
  others = await createTeam();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await kubeconfig[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
});

beforeEach(async () => {
  server = await startApiServer();
  trouble = {};
  runControllers(server, trouble);
  await kubeconfig.write({ here: server });
});

afterEach(() => server[Symbol.asyncDispose]());

const owner = () => owners.as('owner');

async function describeCluster(text = TEXT): Promise<void> {
  const { version } = await getCluster(owner());
  await saveClusterConfiguration(owner(), { version, text, changes: [] });
}

function work(runId: string, signal = new AbortController().signal): Promise<void> {
  return asSystem(() => runClusterJob.run({ runId }, { signal, log: logger(), tries: 1 }));
}

/** Asks for it, and does it as a worker would. */
async function run(request: Parameters<typeof requestClusterRun>[1]): Promise<ClusterRunView> {
  const { runId } = await requestClusterRun(owner(), request);
  await work(runId);
  return getClusterRun(owner(), runId);
}

const phasesOf = ({ progress }: ClusterRunView) => progress[0]?.phases.map(({ state }) => state);

describe('the configuration', () => {
  test('is kept as it was written, and changed in place', async () => {
    const { version } = await getCluster(owner());

    const saved = await saveClusterConfiguration(owner(), {
      version,
      text: TEXT,
      changes: [
        { path: 'network.host', value: 'new.example.org' },
        { path: 'workers.judge.minReplicas', value: 3 },
        { path: 'workers.judge.maxReplicas', value: 3 },
      ],
    });

    const { checked } = await getCluster(owner());
    expect(saved.version).toBe(version + 1);
    expect(checked.text).toContain('# One small instance');
    expect(checked.text).toContain('host: new.example.org');
    expect(checked.configuration).toMatchObject({ workers: { judge: { minReplicas: 3 } }, name: 'elder' });
    await expect(saveClusterConfiguration(owner(), { version, text: TEXT, changes: [] })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await renderCluster(owner())).toContain('kind: StatefulSet');
  });

  test.each([
    ['web:\n  minReplicas: 3\n  maxReplicas: 1\n', { field: 'web.maxReplicas', line: 3 }],
    ['name: elder\nworkerz: 1\n', { line: 2 }],
    ['name: Elder!\n', { field: 'name', line: 1 }],
    ['web: {}\nname: [\n', { field: '', line: 3 }],
    ['storage: { postgres: { kind: oracle } }\n', { line: 1 }],
  ])('%j is refused with its place', async (text, place) => {
    const { configuration, problems } = await checkClusterConfiguration(owner(), { text, changes: [] });

    expect(configuration).toBeNull();
    expect(problems).toEqual(expect.arrayContaining([expect.objectContaining(place)]));
    const { version } = await getCluster(owner());
    await expect(saveClusterConfiguration(owner(), { version, text, changes: [] })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});

describe('runs', () => {
  test('bring up an instance phase by phase, and tell that nothing differs then', async () => {
    await describeCluster();

    const applied = await run({ verb: 'apply' });
    const difference = await run({ verb: 'diff' });
    const status = await run({ verb: 'status' });
    const valid = await run({ verb: 'validate' });

    expect(applied).toMatchObject({ status: 'done', ends: [{ cluster: 'here', state: 'fine' }] });
    expect(phasesOf(applied)).toEqual(Array.from({ length: 7 }, () => 'done'));
    expect(applied.progress[0]?.notes).toContainEqual({
      type: 'secret-made',
      object: 'Secret ancient-elder/elder-keys',
    });
    expect(server.find(WEB)).toBeDefined();
    expect(difference).toMatchObject({ status: 'done', ends: [{ differences: [] }] });
    expect(status).toMatchObject({ status: 'done', ends: [{ lastApply: 'complete', isSameConfiguration: true }] });
    expect(valid.status).toBe('done');
    expect(valid.ends[0]?.checksPassed).toBeGreaterThan(0);
    const entries = await asSystem(() => db().auditLogEntry.findMany({ where: { action: 'cluster.requested' } }));
    expect(entries).toHaveLength(4);
  });

  test('stop at the first phase that fails, with its cause, and go on from there', async () => {
    await describeCluster();
    trouble.silent = ['elder-check'];
    trouble.crashes = { 'elder-web': 'cannot reach the database' };
    const stuck = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'ancient-elder', name: 'elder-web' };
    server.onStored(({ object }) => {
      if (object.metadata.name === 'elder-web' && object.kind === 'Deployment' && trouble.crashes) {
        const conditions = [
          { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'slow' },
        ];
        if (JSON.stringify(at(object, 'status', 'conditions')) === JSON.stringify(conditions)) return;
        queueMicrotask(() => server.setStatus(stuck, { observedGeneration: object.metadata.generation, conditions }));
      }
    });

    const failed = await run({ verb: 'apply' });
    delete trouble.crashes;
    server.remove(stuck);
    const again = await run({ verb: 'apply' });

    expect(failed).toMatchObject({
      status: 'failed',
      ends: [
        { state: 'not-fine', failure: { phase: 'api', object: 'Deployment ancient-elder/elder-web', recovery: 'web' } },
      ],
    });
    expect(phasesOf(failed)).toEqual(['done', 'done', 'done', 'failed', 'waiting', 'waiting', 'waiting']);
    expect(again.status).toBe('done');
    expect(phasesOf(again)?.slice(0, 3)).toEqual(['already-done', 'already-done', 'already-done']);
  });

  test('end when somebody stops them, and hold all others off until then', async () => {
    await describeCluster();
    trouble.silent = ['elder-postgres'];
    const { runId } = await requestClusterRun(owner(), { verb: 'apply' });
    const working = work(runId);
    await vi.waitFor(() => expect(server.find(POSTGRES)).toBeDefined(), { timeout: 20_000 });

    await expect(requestClusterRun(owner(), { verb: 'status' })).rejects.toMatchObject({ code: 'conflict' });
    const stopping = await stopClusterRun(owner(), runId);
    await working;

    expect(stopping).toMatchObject({ status: 'running', isStopping: true });
    const ended = await getClusterRun(owner(), runId);
    expect(ended).toMatchObject({ status: 'cancelled', isStopping: false });
    expect(phasesOf(ended)?.[1]).toBe('running');
    await expect(stopClusterRun(owner(), runId)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('one that waits is stopped at once and done by nobody', async () => {
    await describeCluster();
    const { runId } = await requestClusterRun(owner(), { verb: 'apply' });

    const stopped = await stopClusterRun(owner(), runId);
    await work(runId);

    expect(stopped.status).toBe('cancelled');
    expect(server.find(WEB)).toBeUndefined();
  });

  test('a worker that stops leaves the run to the next one', async () => {
    await describeCluster();
    trouble.silent = ['elder-postgres'];
    const { runId } = await requestClusterRun(owner(), { verb: 'apply' });
    const stop = new AbortController();
    const working = work(runId, stop.signal);
    await vi.waitFor(() => expect(server.find(POSTGRES)).toBeDefined(), { timeout: 20_000 });
    stop.abort();
    await expect(working).rejects.toThrow();
    const between = await getClusterRun(owner(), runId);
    trouble.silent = [];
    server.remove(POSTGRES);

    await work(runId);

    expect(between.status).toBe('running');
    expect((await getClusterRun(owner(), runId)).status).toBe('done');
  });

  test('take the instance off when its name is given, and keep its data', async () => {
    await describeCluster();
    await run({ verb: 'apply' });

    await expect(requestClusterRun(owner(), { verb: 'destroy', confirm: 'older' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    const destroyed = await run({ verb: 'destroy', confirm: 'elder' });

    expect(destroyed.status).toBe('done');
    expect(destroyed.ends[0]?.counts.removed).toBeGreaterThan(10);
    expect(destroyed.ends[0]?.counts.kept).toBeGreaterThan(0);
    expect(server.find(WEB)).toBeUndefined();
  });

  test('tell of a cluster that does not answer, and of secrets that only people can give', async () => {
    await describeCluster('deploymentMode: hybrid\nstorage: { redis: { kind: none } }\n');
    const lacking = await run({ verb: 'apply' });
    server.accept();
    const refused = await run({ verb: 'status' });

    expect(lacking).toMatchObject({ status: 'failed', ends: [{ state: 'not-fine' }] });
    expect(lacking.ends[0]?.lackingSecrets.map(({ name }) => name)).toContain('elder-database');
    expect(refused).toMatchObject({ status: 'failed', ends: [{ problem: { clusterProblem: 'unauthenticated' } }] });
  });

  test('are nobody else’s', async () => {
    await expect(getCluster(others.as('owner'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(requestClusterRun(owners.as('admin'), { verb: 'apply' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(renderCluster(others.as('owner'))).rejects.toMatchObject({ code: 'not_found' });
  });
});
