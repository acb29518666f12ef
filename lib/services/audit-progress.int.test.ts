import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { magicResult, runJudgedAudit } from '@/tests/support/judged-audits';
import { loadProgress } from './audit-progress';
import { requestAudit } from './audits';
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

test('an audit under way has a worker only while one reports', async () => {
  const team = await createTeam();
  const projectId = await createProject(team);
  const ended = await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('integrity')] });
  const request = { auditType: 'full', priority: 'normal' } as const;
  const { taskId: waiting } = await requestAudit(team.as('member'), projectId, request, { trigger: 'manual' });
  const hasWorker = async (auditId: string) => (await loadProgress(auditId)).hasWorker;

  const alone = [await hasWorker(waiting), await hasWorker(ended)];
  await reportWorker({ id: 'w', host: 'h', pid: 1, version: '1', kinds: ['git'], jobs: [], rssBytes: 1, ...IDLE });
  const together = await hasWorker(waiting);
  await db().workerProcess.update({ where: { id: 'w' }, data: { lastSeenAt: new Date(Date.now() - 60_000) } });
  const left = await hasWorker(waiting);

  expect({ alone, together, left }).toEqual({ alone: [false, true], together: true, left: false });
});

test('facts are joined in a stage of its own only where there is such a job', async () => {
  const team = await createTeam();
  const projectId = await createProject(team);
  const request = { auditType: 'full', priority: 'normal' } as const;
  const { taskId: auditId } = await requestAudit(team.as('member'), projectId, request, { trigger: 'manual' });
  const stages = async () => (await loadProgress(auditId)).stages.map(({ stage }) => stage);

  expect(await stages()).toEqual(['prepare', 'collect', 'history', 'judge', 'settle']);
  await db().auditJob.create({ data: { auditId, attempt: 1, kind: 'assemble' } });
  expect(await stages()).toEqual(['prepare', 'collect', 'history', 'assemble', 'judge', 'settle']);
});
