import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { runGit } from '@/lib/git/run-git';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { getWebhook } from '@/lib/services/project-webhooks';
import { until } from '@/tests/support/audits';
import { redisUrl, type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { localRepository } from '@/tests/support/local-repository';
import { isSettled, madeUpCommit, preparePush, sendPushes } from '@/tests/support/pushes';
import { startWorker } from './worker';

const BRANCHES = 200;
const BURST = 1_000;
const AT_ONCE = 25;
const WITHIN_MS = 60_000;
/** What is judged takes little: this is about what is asked for. */
const POLICY = {
  branches: ['feature/*'],
  magics: Object.fromEntries(
    ['tdd', 'flow', 'sages', 'git', 'servant', 'strict', 'predictive'].map((magic) => [magic, { isEnabled: false }]),
  ),
};

let database: TestDatabase;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'elder-branches-'));
  process.env.ELDER_DATA_DIR = path.join(directory, 'data');
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

const branchOf = (at: number) => `feature/${at}`;

test('pushes to 200 branches next to a thousand on one: each newest commit is audited once, nothing is lost or doubled', async () => {
  const commits = Array.from({ length: BRANCHES }, (_, at) => ({
    message: `feat: part ${at}`,
    parent: 0,
    files: { 'src/part.ts': `export const part = ${at};\n` },
  }));
  const begin = { message: 'feat: begin', files: { 'src/pay.ts': 'export const a = 1;\n' } };
  await using repository = await localRepository({ commits: [begin, ...commits] });
  const gitDir = repository.path;
  const refs = commits.map((_, at) => `create refs/heads/${branchOf(at)} refs/sketch/${at + 1}\n`).join('');
  await runGit(['update-ref', '--stdin'], { gitDir, input: refs });
  const heads = (await runGit(['for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/heads'], { gitDir }))
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split(' ') as [string, string]);
  const headOf = new Map(heads);
  const team = await createTeam(POLICY);
  const projectId = await createProject(team, repository);
  const { secret } = await getWebhook(team.as('admin'), projectId);
  const options = { databaseUrl: database.url, redisUrl: redisUrl() ?? undefined, concurrency: 4 };
  const work = { ...options, log: logger(), queuePrefix: randomUUID() };
  const deliverer = await startWorker({ ...work, kinds: ['deliver', 'maintain'] });
  const push = (branch: string, after: string) => preparePush(secret, { branch, after, files: ['src/part.ts'] });

  // One of a branch after every five of the busy one, whose last tells of the commit that is there.
  const pushes = Array.from({ length: BURST }, (_, at) => {
    const isLast = at === BURST - 1;
    const busy = push('main', isLast ? (headOf.get('main') ?? '') : madeUpCommit(at + 1));
    const other = at % (BURST / BRANCHES) === 0 ? branchOf(at / (BURST / BRANCHES)) : null;
    return other === null ? [busy] : [push(other, headOf.get(other) ?? ''), busy];
  }).flat();
  const startedAt = performance.now();
  const answers = await sendPushes(projectId, pushes, AT_ONCE);
  const tookMs = performance.now() - startedAt;
  const isLookedInto = async () =>
    (await db().webhookDelivery.count({ where: { projectId, status: 'received' } })) === 0;
  await until('all deliveries to be looked into', isLookedInto, 240_000);
  const asked = await db().audit.findMany({ where: { projectId }, select: { branch: true } });
  await deliverer.stop();
  const worker = await startWorker({ ...work, kinds: WORKER_KINDS });
  await until('all audits to end', () => isSettled(projectId), 600_000);
  await worker.stop();

  expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
  expect(answers).toHaveLength(BURST + BRANCHES);
  expect(tookMs).toBeLessThan(WITHIN_MS);
  const deliveries = await db().webhookDelivery.findMany({ where: { projectId }, omit: { payload: true } });
  expect(deliveries).toHaveLength(BURST + BRANCHES);
  expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set(['processed']));
  const audits = await db().audit.findMany({ where: { projectId }, orderBy: { number: 'asc' } });
  const ofBranches = audits.filter(({ branch }) => branch !== 'main');
  expect(ofBranches.map(({ branch, commitId, status }) => [branch, commitId, status]).sort()).toEqual(
    heads.flatMap(([branch, commitId]) => (branch === 'main' ? [] : [[branch, commitId, 'completed']])).sort(),
  );
  // While nobody audits, one audit of a branch waits for all that is pushed to it.
  expect(asked.map(({ branch }) => branch).sort()).toEqual(heads.map(([branch]) => branch).sort());
  expect(audits).toHaveLength(asked.length);
  expect(audits.find(({ branch }) => branch === 'main')).toMatchObject({
    status: 'completed',
    commitId: headOf.get('main'),
  });
  const asking = deliveries.filter(({ outcome }) => JSON.stringify(outcome).includes('audit_queued'));
  expect(asking).toHaveLength(audits.length);
}, 900_000);
