import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { MAGIC_IDS } from '@/lib/magics/types';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { addJobs, type JobRef, lockRunning } from './audit-flow';
import { beginJob, failJob, finishJob } from './audit-jobs';
import { handOverJobs } from './audit-sweep';
import { requestAudit } from './audits';
import { giveUpJob } from './job-failure';
import { reportWorker } from './worker-processes';

const IDLE = { concurrency: 1, cpuCores: null, loopLagMs: null, isDraining: false };

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

test('takes a job once while its worker reports', async () => {
  const { prepare } = await queuedAudit();
  await report('first');

  const taken = await beginJob(prepare, 'first');
  const again = await beginJob(prepare, 'second');

  expect(taken).toEqual({ tries: 1 });
  expect(again).toBeNull();
});

test('lets another worker take the job of one that is silent', async () => {
  const { prepare } = await queuedAudit();
  await report('silent', 60);
  await beginJob(prepare, 'silent');

  const taken = await beginJob(prepare, 'other');

  expect(taken).toEqual({ tries: 2 });
});

test('refuses writes of an older attempt', async () => {
  const { auditId, prepare } = await queuedAudit();
  await beginJob(prepare, 'worker');
  await db().audit.update({ where: { id: auditId }, data: { attempt: 2 } });

  const isFinished = await finishJob(prepare, {}, async (tx) => {
    await tx.audit.update({ where: { id: auditId }, data: { commitId: 'stale' } });
  });
  const isBegun = await beginJob(prepare, 'worker');
  await giveUpJob(prepare, 'internal');

  expect(isFinished).toBe(false);
  expect(isBegun).toBeNull();
  const audit = await db().audit.findUniqueOrThrow({ where: { id: auditId } });
  expect(audit).toMatchObject({ status: 'running', commitId: null });
});

test('starts the judges once when the last facts arrive from two workers at the same moment', async () => {
  const { auditId, refs } = await readingAudit(2);

  await Promise.all(refs.flatMap((ref) => [finishJob(ref, {}), finishJob(ref, {})]));

  const judges = await db().auditJob.findMany({ where: { auditId, kind: 'judge' }, select: { key: true } });
  expect(judges.map(({ key }) => key).sort()).toEqual([...MAGIC_IDS].sort());
  expect(await enqueuedOf(auditId, 'audit.judge')).toBe(MAGIC_IDS.length);
});

test('waits for every shard before it judges', async () => {
  const { auditId, refs } = await readingAudit(2);

  await finishJob(refs[0] as JobRef, {});
  await finishJob(refs[2] as JobRef, {});

  expect(await enqueuedOf(auditId, 'audit.judge')).toBe(0);
});

test('goes on to judge when facts could not be read, and says so', async () => {
  const { auditId, refs } = await readingAudit(1);

  await failJob(refs[0] as JobRef, 'repository_corrupt');
  await finishJob(refs[1] as JobRef, {});

  const failed = await db().auditJob.findFirstOrThrow({ where: { auditId, status: 'failed' } });
  expect(failed).toMatchObject({ kind: 'collect', errorCode: 'repository_corrupt' });
  expect(await enqueuedOf(auditId, 'audit.judge')).toBe(MAGIC_IDS.length);
});

test('a repository that cannot be read fails the audit and names the problem on the project', async () => {
  const { auditId, projectId, prepare } = await queuedAudit();
  await beginJob(prepare, 'worker');

  await giveUpJob(prepare, 'repository_not_found');

  const audit = await db().audit.findUniqueOrThrow({ where: { id: auditId }, include: { magicResults: true } });
  expect(audit).toMatchObject({ status: 'failed', errorCode: 'repository_not_found', gate: null, magicResults: [] });
  const project = await db().project.findUniqueOrThrow({ where: { id: projectId } });
  expect(project.accessProblem).toBe('repository_not_found');
});

test('a branch that is not there is a problem of the project when it is its own', async () => {
  const [own, other] = [await queuedAudit(), await queuedAudit()];
  await db().audit.update({ where: { id: other.auditId }, data: { branch: 'no/such' } });

  for (const { prepare } of [own, other]) {
    await beginJob(prepare, 'worker');
    await giveUpJob(prepare, 'repository_no_such_branch');
  }

  const problems = await Promise.all(
    [own, other].map(({ projectId }) => db().project.findUniqueOrThrow({ where: { id: projectId } })),
  );
  expect(problems.map(({ accessProblem }) => accessProblem)).toEqual(['repository_no_such_branch', null]);
});

test('a job is settled and set aside at once, or neither', async () => {
  const { auditId, refs } = await readingAudit(1);
  const ref = refs[0] as JobRef;
  const told = { payload: { auditId, attempt: 1, shard: 0 }, tries: 4 };
  const job = () => db().auditJob.findFirstOrThrow({ where: { auditId, kind: ref.stage, key: ref.key } });
  const before = await job();

  // PostgreSQL has no such letter: the row cannot be written.
  await expect(giveUpJob(ref, 'internal', { ...told, worker: '\0' })).rejects.toThrow();

  expect(await job()).toEqual(before);
  await giveUpJob(ref, 'internal', { ...told, worker: 'worker' });
  expect(await job()).toMatchObject({ status: 'failed', errorCode: 'internal' });
  const aside = await db().failedJob.findMany({ where: { payload: { equals: told.payload } } });
  expect(aside).toMatchObject([{ name: 'audit.collect', errorCode: 'internal', tries: 4, times: 1, worker: 'worker' }]);
  const { prepare } = await queuedAudit();
  await beginJob(prepare, 'worker');
  const whole = { payload: { auditId: prepare.auditId, attempt: 1 }, tries: 4, worker: 'worker' };
  await giveUpJob(prepare, 'internal', whole);
  expect(await db().failedJob.findMany({ where: { name: 'audit.prepare' } })).toHaveLength(1);
});

test('hands over what a dead worker held, and nothing of a living one', async () => {
  const dead = await queuedAudit();
  const living = await queuedAudit();
  await report('dead', 60);
  await report('living');
  await beginJob(dead.prepare, 'dead');
  await beginJob(living.prepare, 'living');
  await db().outboxJob.deleteMany();

  await handOverJobs();

  expect(await enqueuedOf(dead.auditId, 'audit.prepare')).toBe(1);
  expect(await enqueuedOf(living.auditId, 'audit.prepare')).toBe(0);
});

test('hands over what a living worker does not know of, after a while', async () => {
  const lost = await queuedAudit();
  const held = await queuedAudit();
  await report('forgetful', 0, [held.prepare]);
  await beginJob(lost.prepare, 'forgetful');
  await beginJob(held.prepare, 'forgetful');
  await db().outboxJob.deleteMany();

  await handOverJobs(0);
  const atOnce = await enqueuedOf(lost.auditId, 'audit.prepare');
  await handOverJobs(0);

  expect(atOnce).toBe(0);
  expect(await enqueuedOf(lost.auditId, 'audit.prepare')).toBe(1);
  expect(await enqueuedOf(held.auditId, 'audit.prepare')).toBe(0);
});

async function queuedAudit() {
  const team = await createTeam();
  const projectId = await createProject(team);
  const { taskId: auditId } = await requestAudit(
    team.as('member'),
    projectId,
    { auditType: 'full', priority: 'normal' },
    { trigger: 'manual' },
  );
  const prepare: JobRef = { auditId, attempt: 1, stage: 'prepare', key: '' };
  return { auditId, projectId, prepare };
}

/** An audit whose facts are being read: its shards, then its history. */
async function readingAudit(shards: number): Promise<{ auditId: string; refs: JobRef[] }> {
  const { auditId, prepare } = await queuedAudit();
  await beginJob(prepare, 'worker');
  const keys = Array.from({ length: shards }, (_, shard) => String(shard));
  const jobs = [...keys.map((key) => ({ stage: 'collect' as const, key })), { stage: 'history' as const, key: '' }];
  await finishJob(prepare, {}, async (tx) => {
    await tx.audit.update({ where: { id: auditId }, data: { shards } });
    const audit = await lockRunning(tx, prepare);
    if (audit) await addJobs(tx, audit, jobs);
  });
  return { auditId, refs: jobs.map((job) => ({ auditId, attempt: 1, ...job })) };
}

async function report(id: string, silentSeconds = 0, held: JobRef[] = []): Promise<void> {
  const jobs = held.map((ref) => ({ ...ref, name: 'audit.prepare', startedAt: new Date().toISOString() }));
  await reportWorker({ id, host: 'elsewhere', pid: 1, version: '0', kinds: [], jobs, rssBytes: 0, ...IDLE });
  const lastSeenAt = new Date(Date.now() - silentSeconds * 1000);
  await db().workerProcess.update({ where: { id }, data: { lastSeenAt } });
}

function enqueuedOf(auditId: string, name: string): Promise<number> {
  return db().outboxJob.count({ where: { name, payload: { path: ['auditId'], equals: auditId } } });
}
