import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPhases } from '@/k8s/manifests/build-phases';
import { closeDb, db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { readClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { startApiServer } from '@/tests/support/kubernetes/api-server';
import { connectTo } from '@/tests/support/kubernetes/kubeconfig';
import { localRepository } from '@/tests/support/local-repository';
import { readKnownToPods } from './read-known-to-pods';
import { scaleCluster } from './scale-cluster';
import { startScaling } from './start-scaling';

const WAITING = 40;

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
  folder = await mkdtemp(path.join(tmpdir(), 'elder-scaling-'));
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** What the builders mount into pods, and the Deployment that they scale. */
function planned() {
  const configuration = readClusterConfiguration({
    namespace: 'default',
    workers: { judge: { scaling: 'reactive', minReplicas: 1, maxReplicas: 9, concurrency: 8 } },
  });
  const objects = buildPhases(configuration, new Set()).flatMap((phase) => phase.objects.map(({ object }) => object));
  const map = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata?.name === 'elder-cluster') as {
    data?: Record<string, string>;
  };
  const deployment = objects.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata?.name === 'elder-worker-judge',
  );
  if (!deployment) throw new Error('the builders made no Deployment');
  return { file: map.data?.['cluster.json'] ?? '', deployment };
}

async function queueJobs(count: number): Promise<void> {
  await using repository = await localRepository({ files: { 'a.ts': 'let a = 1;\n' } });
  const team = await createTeam();
  const projectId = await createProject(team, repository);
  const audit = { projectId, number: 1, kind: 'full', trigger: 'manual', branch: 'main', policy: {}, attempt: 1 };
  const { id: auditId } = await db().audit.create({ data: { ...audit, status: 'running' } });
  const job = { auditId, attempt: 1, kind: 'judge', status: 'waiting' as const };
  await db().auditJob.createMany({
    data: Array.from({ length: count }, () => ({ ...job, key: randomUUID(), queuedAt: new Date(Date.now() - 60_000) })),
  });
}

test('workers that nothing else scales are scaled by who leads, within the bounds of the cluster', async () => {
  await using server = await startApiServer();
  await using cluster = await connectTo(server);
  const { file, deployment } = planned();
  await writeFile(path.join(folder, 'cluster.json'), file);
  const known = await readKnownToPods(path.join(folder, 'cluster.json'));
  if (!known) throw new Error('nothing is to be scaled');
  await cluster.apply(deployment as Parameters<typeof cluster.apply>[0]);
  await queueJobs(WAITING);
  const reference = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'elder-worker-judge' };
  const stop = new AbortController();
  const parts = { known, cluster, log: logger(), signal: stop.signal, roundMs: 50 };

  const both = Promise.all(['one', 'two'].map((identity) => scaleCluster({ ...parts, identity })));
  await until('the workers to be scaled', async () => (await cluster.readScale(reference)).asked === 5, 30_000);
  stop.abort();
  await both;

  expect(known.scaling.scaled).toMatchObject([{ kind: 'judge', strategy: 'reactive', concurrency: 8 }]);
  const lease = server.find({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    namespace: 'default',
    name: 'elder-scaling',
  });
  expect(lease).toBeDefined();
});

test('outside of a cluster nothing is scaled, and a file of somebody else’s is named', async () => {
  const other = path.join(folder, 'other.json');
  await writeFile(other, '{"name":1}');

  expect(await readKnownToPods(path.join(folder, 'none.json'))).toBeNull();
  await expect(readKnownToPods(other)).rejects.toThrow(other);
});

test('a file of somebody else’s is told, and keeps no worker from starting', async () => {
  const other = path.join(folder, 'damaged.json');
  await writeFile(other, '{');
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });

  expect(await startScaling('one', log, other)).toBeNull();
  expect(lines.join('')).toContain('workers are not scaled');
  expect(lines.join('')).toContain(other);
});
