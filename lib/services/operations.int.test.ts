import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asSystem } from '@/lib/auth/tenants';
import { closeDb, db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { openQueues } from '@/lib/queues/backend';
import { redisUrl, type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { magicResult, runJudgedAudit } from '@/tests/support/judged-audits';
import { spareConnection, spareDelivery } from '@/tests/support/spare-access';
import { retryFailedJob, setJobAside } from './failed-jobs';
import { getOperations } from './operations';
import { measureQueues } from './queue-depths';
import { deleteTeam } from './teams';
import { createOwner } from './users';
import { reportWorker } from './worker-processes';

let database: TestDatabase;
let owners: TestTeam;
let others: TestTeam;

beforeAll(async () => {
  database = await testDatabase();
  owners = await createTeam();
  others = await createTeam();
  await db().instance.updateMany({ data: { ownerTeamId: owners.teamId } });
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const REPORT = { host: 'forge', pid: 7, version: '1.2.3', jobs: [], rssBytes: 5_000_000, isDraining: false };

async function setAside(job: { name: string; payload: object; errorCode?: string }): Promise<string> {
  await asSystem(() => setJobAside(db(), { errorCode: 'timeout', tries: 3, worker: 'w', ...job }));
  const [row] = await db().failedJob.findMany({ where: { name: job.name }, orderBy: { lastAt: 'desc' }, take: 1 });
  return row?.id ?? '';
}

test('are for the owners of the team that owns the installation alone', async () => {
  await expect(getOperations(others.as('owner'))).rejects.toMatchObject({ code: 'not_found' });
  await expect(getOperations(owners.as('admin'))).rejects.toMatchObject({ code: 'forbidden' });
  expect(await getOperations(owners.as('owner'))).toMatchObject({ setAside: { count: 0 } });
});

test('belong to the first team that is made, which cannot be deleted', async () => {
  await db().instance.updateMany({ data: { ownerTeamId: null } });
  const make = (name: string) =>
    db().$transaction((tx) =>
      createOwner(tx, { email: `${name}@example.org`, name, teamName: name, passwordHash: 'none' }),
    );
  const first = await make('first');
  await make('second');

  expect(await db().instance.findFirst()).toMatchObject({ ownerTeamId: first.teamId });
  await db().instance.updateMany({ data: { ownerTeamId: owners.teamId } });
  await expect(deleteTeam(owners.as('owner'), owners.teamId)).rejects.toMatchObject({ code: 'forbidden' });
});

test('show workers with what they take, their load and their jobs', async () => {
  const startedAt = new Date().toISOString();
  const jobs = [{ name: 'audit.judge', startedAt }];
  const load = { concurrency: 4, cpuCores: 1.5, loopLagMs: 12 };
  await reportWorker({ ...REPORT, ...load, id: 'one', kinds: ['git', 'judge'], jobs });
  await reportWorker({ ...REPORT, ...load, id: 'one', kinds: ['git', 'judge'], jobs, isDraining: true });

  const { workers } = await getOperations(owners.as('owner'));

  expect(workers).toMatchObject([
    { workerId: 'one', host: 'forge', version: '1.2.3', kinds: ['git', 'judge'], isDraining: true, ...load, jobs },
  ]);
});

for (const redis of [null, redisUrl()].filter((url, place) => place === 0 || url !== null)) {
  test(`show how full the queues are, over ${redis ? 'Redis' : 'PostgreSQL'}`, async () => {
    const settings = { databaseUrl: database.url, redisUrl: redis ?? undefined, prefix: randomUUID(), log: logger() };
    await using queues = await openQueues(settings);
    const add = (jobId: string, delayMs = 0) =>
      queues.add('git', [{ name: 'audit.prepare', data: {}, options: { jobId, priority: 3, delayMs } }]);
    await add('a');
    await add('b');
    await add('later', 60_000);
    await db().queueDepth.deleteMany();

    await measureQueues(queues);
    const shown = await getOperations(owners.as('owner'));
    await db().queueDepth.updateMany({ data: { measuredAt: new Date(Date.now() - 120_000) } });
    const old = await getOperations(owners.as('owner'));

    const git = shown.queues.find(({ kind }) => kind === 'git');
    expect(git).toMatchObject({ waiting: 2, delayed: 1, running: 0, isFresh: true });
    expect(git?.oldestSeconds).toBeGreaterThanOrEqual(0);
    expect(git?.oldestSeconds).toBeLessThan(30);
    expect(shown.queues.find(({ kind }) => kind === 'judge')).toMatchObject({ waiting: 0, oldestSeconds: null });
    expect(old.queues.map(({ isFresh }) => isFresh)).toEqual([false, false, false, false, false]);
  });
}

test('show since when a job waits that others go before', async () => {
  await using queues = await openQueues({ databaseUrl: database.url, prefix: randomUUID(), log: logger() });
  const add = (jobId: string, priority: number) =>
    queues.add('judge', [{ name: 'audit.judge', data: {}, options: { jobId, priority } }]);
  const projectId = await createProject(others);
  const audit = { projectId, number: 1, kind: 'full', trigger: 'manual', branch: 'main', policy: {} };
  const { id: auditId } = await db().audit.create({ data: { ...audit, status: 'running' } });
  const queuedAt = new Date(Date.now() - 3 * 3600_000);
  const job = { auditId, attempt: 1, kind: 'judge', key: 'git', queueId: randomUUID() };
  await db().auditJob.create({ data: { ...job, status: 'waiting', queuedAt } });
  await add(randomUUID(), 1);

  await measureQueues(queues);
  const { queues: shown } = await getOperations(owners.as('owner'));

  const judge = shown.find(({ kind }) => kind === 'judge');
  expect(judge?.waiting).toBeGreaterThanOrEqual(1);
  expect(judge?.oldestSeconds).toBeGreaterThan(3 * 3600 - 1);
  await db().project.deleteMany({ where: { id: projectId } });
});

test('show what ended in the last hour and day, and why jobs failed', async () => {
  const projectId = await createProject(others);
  const auditId = await runJudgedAudit(others.as('member'), projectId, { results: [magicResult('integrity')] });
  const endedAt = new Date(Date.now() - 2 * 3600_000);
  const startedAt = new Date(endedAt.getTime() - 3_000);
  const job = { auditId, attempt: 1, endedAt, startedAt, queueId: 'q' };
  await db().auditJob.create({ data: { ...job, kind: 'collect', key: '7', status: 'failed', errorCode: 'timeout' } });
  await db().auditJob.create({ data: { ...job, kind: 'collect', key: '8', status: 'done' } });

  const { stages, failures, audits, stores } = await getOperations(owners.as('owner'));

  const collect = stages.find(({ stage }) => stage === 'collect');
  expect(collect?.failed).toEqual({ hour: 0, day: 1 });
  expect(collect?.done.day).toBeGreaterThanOrEqual(1);
  expect(failures).toMatchObject([{ stage: 'collect', errorCode: 'timeout', count: 1, lastAt: endedAt.toISOString() }]);
  expect(audits.reduce((sum, { ended }) => sum + ended.hour, 0)).toBe(1);
  expect(stores.database.sizeBytes).toBeGreaterThan(1_000_000);
  expect(stores.disk?.freeBytes).toBeGreaterThan(0);
});

test('a job given up again is one row, and names only what the asker may see', async () => {
  const theirs = await createProject(others);
  const ours = await createProject(owners);
  for (let time = 0; time < 2; time++) await setAside({ name: 'webhook.set-up', payload: { projectId: theirs } });
  await setAside({ name: 'webhook.set-up', payload: { projectId: ours } });
  await setAside({ name: 'webhook.process', payload: { deliveryId: randomUUID() }, errorCode: 'provider_refused' });
  await setAside({ name: 'notification.send', payload: { deliveryId: randomUUID() } });

  const { setAside: shown } = await getOperations(owners.as('owner'));

  expect(shown.count).toBe(2);
  expect(shown.items).toMatchObject([
    { projectId: ours, projectName: 'Project', times: 1 },
    { projectId: null, projectName: null, times: 2, errorCode: 'timeout', tries: 3 },
  ]);
  await db().failedJob.deleteMany();
});

test('a delivery that was given up is looked into again, once, and that is written down', async () => {
  const projectId = await createProject(others);
  const deliveryId = await spareDelivery(projectId);
  await db().webhookDelivery.updateMany({ where: { id: deliveryId }, data: { status: 'failed' } });
  const jobId = await setAside({ name: 'webhook.process', payload: { deliveryId } });

  await expect(retryFailedJob(others.as('owner'), jobId)).rejects.toMatchObject({ code: 'not_found' });
  await retryFailedJob(owners.as('owner'), jobId);

  await expect(retryFailedJob(owners.as('owner'), jobId)).rejects.toMatchObject({ code: 'not_found' });
  expect(await db().webhookDelivery.findFirst({ where: { id: deliveryId } })).toMatchObject({ status: 'received' });
  const queued = await db().outboxJob.findMany({ where: { name: 'webhook.process' } });
  expect(queued.filter(({ payload }) => (payload as { deliveryId: string }).deliveryId === deliveryId)).toHaveLength(1);
  expect(await db().auditLogEntry.findMany({ where: { action: 'job.retried' } })).toMatchObject([
    { teamId: null, target: jobId, detail: { job: 'webhook.process', errorCode: 'timeout' } },
  ]);
  expect((await getOperations(owners.as('owner'))).setAside.count).toBe(0);
});

test('an audit whose job was given up is audited anew, and not while it runs', async () => {
  const projectId = await createProject(others);
  const auditId = await runJudgedAudit(others.as('member'), projectId, { results: [magicResult('integrity')] });
  const jobId = await setAside({ name: 'audit.judge', payload: { auditId, attempt: 1, magicId: 'integrity' } });
  await db().audit.updateMany({ where: { id: auditId }, data: { status: 'running' } });
  await expect(retryFailedJob(owners.as('owner'), jobId)).rejects.toMatchObject({ code: 'conflict' });
  await db().audit.updateMany({ where: { id: auditId }, data: { status: 'partial' } });

  await retryFailedJob(owners.as('owner'), jobId);

  const audits = await db().audit.findMany({ where: { projectId }, orderBy: { number: 'asc' } });
  expect(audits).toMatchObject([{ id: auditId }, { status: 'queued', trigger: audits[0]?.trigger }]);
});

test('a webhook that stayed at its host is taken from it again, while its connection is there', async () => {
  const connectionId = await spareConnection(others.teamId);
  const hook = { connectionId, providerPath: 'acme/shop', externalId: '77' };
  const jobId = await setAside({ name: 'webhook.remove', payload: hook });
  const ofAnother = await setAside({ name: 'webhook.remove', payload: { ...hook, connectionId: randomUUID() } });

  await retryFailedJob(owners.as('owner'), jobId);

  const queued = await db().outboxJob.findMany({ where: { name: 'webhook.remove' } });
  expect(queued.map(({ payload }) => payload)).toEqual([hook]);
  await expect(retryFailedJob(owners.as('owner'), ofAnother)).rejects.toMatchObject({ code: 'gone' });
});

test('an installation is read again, while its connection is there', async () => {
  const payload = { connectionId: await spareConnection(others.teamId) };
  const jobId = await setAside({ name: 'installation.read', payload });
  const ofAnother = await setAside({ name: 'installation.read', payload: { connectionId: randomUUID() } });

  await retryFailedJob(owners.as('owner'), jobId);

  const queued = await db().outboxJob.findMany({ where: { name: 'installation.read' } });
  expect(queued.map((one) => one.payload)).toEqual([payload]);
  await expect(retryFailedJob(owners.as('owner'), ofAnother)).rejects.toMatchObject({ code: 'gone' });
});

test('an audit is made anew once for all of its jobs, by the policy of today, and not beside one that waits', async () => {
  const projectId = await createProject(others);
  const results = [magicResult('integrity'), magicResult('flow')];
  const auditId = await runJudgedAudit(others.as('member'), projectId, { results });
  await db().audit.updateMany({ where: { id: auditId }, data: { enabledMagics: ['integrity', 'flow', 'no-more'] } });
  const aside = (magicId: string) => setAside({ name: 'audit.judge', payload: { auditId, attempt: 1, magicId } });
  const jobs = [await aside('integrity'), await aside('flow')] as const;
  const before = (await getOperations(owners.as('owner'))).setAside.count;

  await retryFailedJob(owners.as('owner'), jobs[1]);

  expect((await getOperations(owners.as('owner'))).setAside.count).toBe(before - 2);
  await expect(retryFailedJob(owners.as('owner'), jobs[0])).rejects.toMatchObject({ code: 'not_found' });
  await db().audit.updateMany({ where: { projectId, id: { not: auditId } }, data: { status: 'queued' } });
  await retryFailedJob(owners.as('owner'), await aside('integrity'));
  const made = await db().audit.findMany({ where: { projectId, id: { not: auditId } } });
  expect(made).toMatchObject([{ enabledMagics: ['integrity', 'flow'] }]);
});

test('no project that is archived is audited anew', async () => {
  const projectId = await createProject(others);
  const auditId = await runJudgedAudit(others.as('member'), projectId, { results: [magicResult('integrity')] });
  const jobId = await setAside({ name: 'audit.settle', payload: { auditId, attempt: 1 } });
  await db().project.updateMany({ where: { id: projectId }, data: { isArchived: true } });

  await expect(retryFailedJob(owners.as('owner'), jobId)).rejects.toMatchObject({ code: 'gone' });
});

test('a job whose thing is gone, or that this release does not know, is refused as gone', async () => {
  for (const job of [
    { name: 'audit.settle', payload: { auditId: randomUUID(), attempt: 1 } },
    { name: 'audit.dream', payload: { auditId: randomUUID() } },
    { name: 'answer.show', payload: { auditId: 'not an id' } },
  ]) {
    const jobId = await setAside(job);
    await expect(retryFailedJob(owners.as('owner'), jobId)).rejects.toMatchObject({ code: 'gone' });
  }
});
