import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { closePublisher } from '@/lib/realtime/publish';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { magicResult, runJudgedAudit } from '@/tests/support/judged-audits';
import { forgetFailedJobs, type GivenUpJob, setJobAside } from './failed-jobs';
import { renderMetrics } from './metrics';
import { countTeams } from './team-counts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const END = { tries: 3, worker: 'w', errorCode: 'timeout' };

function aside(job: GivenUpJob): Promise<void> {
  return db().$transaction((tx) => setJobAside(tx, job));
}

async function failing(errorCode: string): Promise<{ projectId: string; auditId: string }> {
  const team = await createTeam();
  const projectId = await createProject(team);
  const auditId = await runJudgedAudit(team.as('member'), projectId, { results: [magicResult('integrity')] });
  await db().audit.updateMany({ where: { id: auditId }, data: { status: 'failed', errorCode, endedAt: new Date() } });
  return { projectId, auditId };
}

test('a team counts once, whatever it does, and only for causes of the installation', async () => {
  const { projectId, auditId } = await failing('timeout');
  await failing('repository_not_found');
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await aside({ name: 'audit.settle', payload: { auditId, attempt }, ...END });
  }
  await aside({ name: 'webhook.set-up', payload: { projectId }, ...END });

  expect(await countTeams(10)).toMatchObject({ audited: 2, failed: 1, set_aside: 1, connected: 0, refused: 0 });
  await aside({ name: 'later.job', payload: { deliveryId: randomUUID() }, ...END });
  expect(await countTeams(10)).toMatchObject({ set_aside: 2 });
  expect(await renderMetrics()).toMatch(/^elder_teams\{state="failed"\} 1$/m);
});

test('of one project no more than the newest hundred jobs stay', async () => {
  const { auditId } = await failing('timeout');
  const { auditId: other } = await failing('timeout');
  await aside({ name: 'audit.settle', payload: { auditId: other, attempt: 1 }, ...END });
  for (let attempt = 1; attempt <= 103; attempt += 1) {
    await aside({ name: 'audit.settle', payload: { auditId, attempt }, ...END });
  }

  await forgetFailedJobs();

  const kept = await db().failedJob.findMany({ where: { payload: { path: ['auditId'], equals: auditId } } });
  expect(kept).toHaveLength(100);
  expect(kept.map(({ payload }) => (payload as { attempt: number }).attempt).sort((a, b) => a - b)[0]).toBe(4);
  expect(await db().failedJob.count({ where: { payload: { path: ['auditId'], equals: other } } })).toBe(1);
});
