import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { logger } from '@/lib/logger';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import { openQueues } from '@/lib/queues/backend';
import { closePublisher } from '@/lib/realtime/publish';
import { requestAudit } from '@/lib/services/audits';
import { renderMetrics } from '@/lib/services/metrics';
import { getOperations } from '@/lib/services/operations';
import type { RecheckDifference } from '@/lib/services/recheck-comparison';
import { dropSpareFacts, repairRechecks } from '@/lib/services/rechecks';
import { auditEnd, until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam, type TestTeam } from '@/tests/support/factories';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { recheckResult } from './jobs/recheck-result';
import { type RunningWorker, startWorker } from './worker';

let database: TestDatabase;
let dataDir: string;
let team: TestTeam;
let others: TestTeam;
let repository: LocalRepository;
let worker: RunningWorker;
let projectId: string;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'elder-rechecks-'));
  process.env.ELDER_DATA_DIR = dataDir;
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
  process.env.RECHECK_PERCENT = '100';
  team = await createTeam();
  others = await createTeam();
  await db().instance.updateMany({ data: { ownerTeamId: team.teamId } });
  const files = {
    'src/pay.ts': 'export function pay() {\n  // TODO: charge the card\n  return true;\n}\n',
    'src/pay.test.ts': "import { pay } from './pay';\ntest('pays', () => {\n  expect(pay()).toBe(true);\n});\n",
    'package.json': '{"name": "pay", "dependencies": {"left-pad": "^1.0.0"}}\n',
  };
  repository = await localRepository({
    commits: [
      { message: 'feat: begin', files },
      { message: 'fix: the card', files: { 'src/card.ts': 'export const card = (a: number) => (a > 1 ? 1 : 2);\n' } },
    ],
  });
  const options = { databaseUrl: database.url, concurrency: 2, log: logger(), kinds: WORKER_KINDS };
  worker = await startWorker(options);
});

beforeEach(async () => {
  projectId = await createProject(team, repository);
});

afterAll(async () => {
  await worker.stop();
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

test('an audit that is drawn is judged again when it is settled, and says the same', async () => {
  const { id, status } = await audited();

  expect(status).toBe('completed');
  expect(await checked(id)).toMatchObject({ state: 'same', reason: null, differences: [] });
  expect(await factsOf(id)).toBeGreaterThan(0);
});

test('an audit of some magics is judged again by those', async () => {
  const { id } = await audited({ enabledMagics: ['flow', 'strict'] });

  expect(await checked(id)).toMatchObject({ state: 'same' });
});

test('what was kept of an audit, its numbers and its jobs must agree, and the owner is told where they do not', async () => {
  const { id } = await audited();
  await checked(id);
  const judged = await db().auditMagic.findFirstOrThrow({ where: { auditId: id, magic: 'tdd' } });
  const result = judged.result as { analysedFiles: number };
  await db().auditMagic.update({
    where: { auditId_magic: { auditId: id, magic: 'tdd' } },
    data: { result: { ...result, analysedFiles: result.analysedFiles + 1 } },
  });
  await db().audit.update({ where: { id }, data: { counts: { critical: 7 }, shards: 2 } });
  await db().auditJob.deleteMany({ where: { auditId: id, kind: 'judge', key: 'git' } });

  const { state, differences } = await checkAgain(id);

  expect(state).toBe('different');
  const found = differences as unknown as RecheckDifference[];
  expect([...new Set(found.map(({ part }) => part))].sort()).toEqual([
    'counts',
    'magics',
    'result',
    'shards',
    'stored',
  ]);
  expect([...new Set(found.map(({ magic }) => magic))]).toEqual([null, 'tdd']);
  const { rechecks } = await getOperations(team.as('owner'));
  expect(rechecks).toMatchObject({ percent: 100, day: { different: 1 }, different: { count: 1 } });
  expect(rechecks.different.items).toMatchObject([{ auditId: id, projectName: 'Project', magics: ['tdd'] }]);
  expect(await renderMetrics()).toMatch(/^elder_audits_rechecked\{result="different"\} 1$/m);
  await db().instance.updateMany({ data: { ownerTeamId: others.teamId } });
  const elsewhere = (await getOperations(others.as('owner'))).rechecks.different.items;
  expect(elsewhere).toMatchObject([{ auditId: null, auditNumber: null, projectId: null, projectName: null }]);
  await db().instance.updateMany({ data: { ownerTeamId: team.teamId } });
});

test('a magic that says something else the second time is named', async () => {
  const { id } = await audited();
  await checked(id);
  const policy = (await db().audit.findUniqueOrThrow({ where: { id } })).policy as Record<string, unknown>;
  await db().audit.update({ where: { id }, data: { policy: { ...policy, strictness: 0.1 } } });

  const { state, differences } = await checkAgain(id);

  expect(state).toBe('different');
  expect((differences as unknown as RecheckDifference[]).map(({ part }) => part)).toContain('result');
});

test('what cannot be judged as it was is skipped, and its row says why', async () => {
  const { id } = await audited();
  await checked(id);
  const reasonOf = async () => {
    const { state, reason } = await checkAgain(id);
    return { state, reason };
  };

  await db().audit.update({
    where: { id },
    data: { verdictsAt: new Date(), verdictsHash: 'of verdicts that are gone' },
  });
  expect(await reasonOf()).toEqual({ state: 'skipped', reason: 'verdicts' });
  await db().auditMap.deleteMany({ where: { auditId: id, kind: 'facts' } });
  expect(await reasonOf()).toEqual({ state: 'skipped', reason: 'facts' });
  await db().audit.update({ where: { id }, data: { rulePackVersion: 1 } });
  expect(await reasonOf()).toEqual({ state: 'skipped', reason: 'release' });
  await db().audit.update({ where: { id }, data: { status: 'partial' } });
  expect(await reasonOf()).toEqual({ state: 'skipped', reason: 'superseded' });
});

test('facts stay until they are judged again, though a newer audit has taken their place, and go then', async () => {
  const { id: first } = await audited();
  await checked(first);
  await db().auditRecheck.update({ where: { auditId: first }, data: { state: 'waiting', checkedAt: null } });
  const { id: second } = await audited();
  await checked(second);
  const kept = await factsOf(first);
  await dropSpareFacts();
  const stillKept = await factsOf(first);

  const { state } = await checkAgain(first);

  expect(kept).toBeGreaterThan(0);
  expect(stillKept).toBe(kept);
  expect(state).toBe('same');
  expect(await factsOf(first)).toBe(0);
  expect(await factsOf(second)).toBe(kept);
});

test('of another branch than the own one facts stay no longer than they are needed', async () => {
  await db().project.update({ where: { id: projectId }, data: { branch: 'another' } });

  const { id } = await audited({ branch: 'main' });

  expect(await checked(id)).toMatchObject({ state: 'same' });
  await until('the facts to go', async () => (await factsOf(id)) === 0);
});

test('a job that the queue lost is enqueued again, once', async () => {
  const { id } = await audited();
  await checked(id);
  const askedAt = new Date(Date.now() - 3_600_000);
  await using queues = await openQueues({ databaseUrl: database.url, log: logger() });
  expect(await repairRechecks(queues)).toBe(0);
  await db().auditRecheck.update({ where: { auditId: id }, data: { state: 'waiting', checkedAt: null, askedAt } });

  expect(await repairRechecks(queues)).toBe(1);

  expect(await checked(id)).toMatchObject({ state: 'same' });
});

test('one that nobody can judge is given up and says so', async () => {
  const { id } = await audited();
  await checked(id);
  await db().auditRecheck.update({ where: { auditId: id }, data: { state: 'waiting', checkedAt: null } });

  await db().$transaction((tx) => recheckResult.giveUp(tx, { auditId: id }, { errorCode: 'timeout', log: logger() }));

  expect(await checked(id)).toMatchObject({ state: 'skipped', reason: 'timeout' });
});

async function audited({
  enabledMagics = MAGIC_IDS,
  branch,
}: {
  enabledMagics?: readonly MagicId[];
  branch?: string;
} = {}) {
  const choice = { enabledMagics: [...enabledMagics], ...(branch && { branch }) };
  const body = { auditType: 'full', priority: 'normal', ...choice } as const;
  const { taskId } = await requestAudit(team.as('member'), projectId, body, { trigger: 'manual' });
  return auditEnd(taskId);
}

async function checked(auditId: string) {
  const where = { auditId, state: { not: 'waiting' } };
  await until('the second judgement', async () => (await db().auditRecheck.count({ where })) > 0);
  return db().auditRecheck.findFirstOrThrow({ where: { auditId } });
}

/** As the queue would run it. */
async function checkAgain(auditId: string) {
  await db().auditRecheck.update({ where: { auditId }, data: { state: 'waiting', reason: null, checkedAt: null } });
  await recheckResult.run({ auditId }, { signal: new AbortController().signal, log: logger(), tries: 1 });
  return db().auditRecheck.findFirstOrThrow({ where: { auditId } });
}

function factsOf(auditId: string): Promise<number> {
  return db().auditMap.count({ where: { auditId, kind: { startsWith: 'facts' } } });
}
