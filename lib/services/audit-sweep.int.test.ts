import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { openQueues, type QueueBackend } from '@/lib/queues/backend';
import { closePublisher } from '@/lib/realtime/publish';
import { redisUrl, type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { magicResult, storeResult } from '@/tests/support/judged-audits';
import type { JobRef } from './audit-flow';
import { beginJob, finishJob } from './audit-jobs';
import { findRun } from './audit-run';
import { settleAudit } from './audit-settle';
import { repairAudits } from './audit-sweep';
import { requestAudit } from './audits';
import { relayOutbox } from './outbox';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const backends = [{ name: 'postgres', redis: null }, ...(redisUrl() ? [{ name: 'redis', redis: redisUrl() }] : [])];

describe.each(backends)('repairing audits over $name', ({ redis }) => {
  function open(): Promise<QueueBackend> {
    const options = { databaseUrl: database.url, redisUrl: redis ?? undefined, prefix: randomUUID(), log: logger() };
    return openQueues(options);
  }

  test('brings a job back that the queue lost, once', async () => {
    await using queues = await open();
    const { auditId } = await queuedLongAgo();
    await db().outboxJob.deleteMany();

    await repairAudits(queues);
    await repairAudits(queues);

    expect(await enqueuedOf(auditId)).toBe(1);
  });

  test('leaves a job that the queue holds', async () => {
    await using queues = await open();
    const { auditId } = await queuedLongAgo();
    await relayOutbox(queues);

    await repairAudits(queues);

    expect(await enqueuedOf(auditId)).toBe(0);
  });
});

test('goes on with an audit whose job a later release wrote, once that is gone for a day', async () => {
  await using queues = await openQueues({ databaseUrl: database.url, log: logger() });
  const { auditId } = await queuedLongAgo();
  await db().outboxJob.create({ data: { name: 'later.job', payload: { auditId, words: 'of others', version: 3 } } });
  await db().$executeRaw`
    update outbox_jobs set payload = payload || '{"version": 99}' where payload ->> 'auditId' = ${auditId}`;
  await repairAudits(queues);
  await relayOutbox(queues);
  expect(await enqueuedOf(auditId)).toBe(2);

  const createdAt = new Date(Date.now() - 25 * 3_600_000);
  await db().outboxJob.updateMany({ where: ofAudit(auditId), data: { createdAt } });
  await repairAudits(queues);

  expect(await db().outboxJob.findMany({ where: ofAudit(auditId) })).toMatchObject([
    { name: 'audit.prepare', payload: { auditId, attempt: 1 } },
  ]);
  await relayOutbox(queues);
  expect(await enqueuedOf(auditId)).toBe(0);
  expect(await db().failedJob.findMany()).toMatchObject([{ name: 'later.job', payload: { auditId } }]);
});

test('runs an audit again that stands still, and gives up in the end', async () => {
  await using queues = await openQueues({ databaseUrl: database.url, log: logger() });
  const { auditId, prepare } = await queuedLongAgo();
  const attempts: number[] = [];

  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const ref = { ...prepare, attempt };
    await beginJob(ref, 'worker');
    await finishJob(ref, {});
    await repairAudits(queues);
    const audit = await db().audit.findUniqueOrThrow({ where: { id: auditId } });
    attempts.push(audit.attempt);
  }

  expect(attempts).toEqual([2, 3, 3]);
  expect(await db().audit.findUniqueOrThrow({ where: { id: auditId } })).toMatchObject({
    status: 'failed',
    errorCode: 'internal',
    gate: null,
  });
});

test('a further attempt begins with nothing of the one before, and settles only what it judged itself', async () => {
  await using queues = await openQueues({ databaseUrl: database.url, log: logger() });
  const { auditId, prepare } = await queuedLongAgo();
  await beginJob(prepare, 'worker');
  await db().audit.update({ where: { id: auditId }, data: { commitId: 'c'.repeat(40) } });
  await finishJob(prepare, {});
  await storeResult(auditId, magicResult('git', [], { score: 11 }));

  await repairAudits(queues);

  const rows = await db().auditMagic.findMany({ where: { auditId } });
  expect(rows.map(({ attempt, status, result }) => ({ attempt, status, result }))).toEqual(
    rows.map(() => ({ attempt: 2, status: 'waiting', result: null })),
  );
  expect(rows).toHaveLength(8);

  // A write that was under way when the attempt ended.
  await storeResult(auditId, magicResult('git', [], { score: 11 }));
  await db().auditMagic.updateMany({ where: { auditId, magic: 'git' }, data: { attempt: 1 } });
  await storeResult(auditId, magicResult('tdd', [], { score: 77 }));
  const settle: JobRef = { auditId, attempt: 2, stage: 'settle', key: '' };
  await beginJob({ ...settle, stage: 'prepare' }, 'worker');
  const run = await findRun(settle);
  if (run) await settleAudit(settle, run);

  expect(await db().audit.findUniqueOrThrow({ where: { id: auditId } })).toMatchObject({
    status: 'partial',
    healthScore: 77,
  });
});

async function queuedLongAgo(): Promise<{ auditId: string; prepare: JobRef }> {
  const team = await createTeam();
  const projectId = await createProject(team);
  const full = { auditType: 'full', priority: 'normal' } as const;
  const { taskId: auditId } = await requestAudit(team.as('member'), projectId, full, { trigger: 'manual' });
  await db().auditJob.updateMany({ where: { auditId }, data: { queuedAt: new Date(Date.now() - 60_000) } });
  return { auditId, prepare: { auditId, attempt: 1, stage: 'prepare', key: '' } };
}

function enqueuedOf(auditId: string): Promise<number> {
  return db().outboxJob.count({ where: ofAudit(auditId) });
}

const ofAudit = (auditId: string) => ({ payload: { path: ['auditId'], equals: auditId } });
