import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { listAudits, requestAudit } from '@/lib/services/audits';
import { requestPastAudits } from '@/lib/services/past-audits';
import { listProjects } from '@/lib/services/project-list';
import { getProjectOverview } from '@/lib/services/projects';
import { auditEnd } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { localRepository } from '@/tests/support/local-repository';
import { startWorker } from './worker';

let database: TestDatabase;
let work: string;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'elder-past-'));
  process.env.ELDER_DATA_DIR = path.join(work, 'data');
  process.env.ALLOW_LOCAL_REPOSITORIES = 'true';
  database = await testDatabase();
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(work, { recursive: true, force: true });
});

const WEEK_MS = 7 * 24 * 3_600_000;
const weeksAgo = (weeks: number) => `${new Date(Date.now() - weeks * WEEK_MS).toISOString().slice(0, 19)}Z`;
const marked = (count: number) => `export const a = 1;\n${'// TODO: finish this part\n'.repeat(count)}`;

test('past weeks are judged by the rules of today and fill the trend, and nothing else of the project changes', async () => {
  await using repository = await localRepository({
    commits: [
      { message: 'feat: begin', at: weeksAgo(5.5), files: { 'src/a.ts': marked(1) } },
      { message: 'feat: go on', at: weeksAgo(2.5), files: { 'src/a.ts': marked(2) } },
      { message: 'fix: finish', at: weeksAgo(0.1), files: { 'src/a.ts': marked(0) } },
    ],
  });
  const team = await createTeam();
  const ctx = team.as('member');
  const projectId = await createProject(team, repository);
  await expect(requestPastAudits(ctx, projectId, { weeks: 4 })).rejects.toMatchObject({ code: 'unprocessable' });
  const options = { databaseUrl: database.url, kinds: WORKER_KINDS, concurrency: 2, log: logger() };
  const worker = await startWorker({ ...options, queuePrefix: randomUUID() });
  const { taskId } = await requestAudit(
    ctx,
    projectId,
    { auditType: 'full', priority: 'normal' },
    { trigger: 'manual' },
  );
  const { resultHash } = await auditEnd(taskId);
  const before = await db().finding.findMany({ where: { projectId }, orderBy: { id: 'asc' } });

  expect(await requestPastAudits(ctx, projectId, { weeks: 4 })).toEqual({ queued: 4 });
  expect((await listProjects(ctx, { limit: 5, sort: 'name' })).items).toMatchObject([
    { status: expect.not.stringMatching('auditing') },
  ]);
  const past = await db().audit.findMany({ where: { projectId, trigger: 'backfill' }, orderBy: { number: 'asc' } });
  for (const { id } of past) await auditEnd(id);
  await worker.stop();

  const judged = await db().audit.findMany({ where: { projectId, trigger: 'backfill' }, orderBy: { number: 'asc' } });
  expect(judged.map(({ status, gate }) => [status, gate])).toEqual(judged.map(() => ['completed', null]));
  expect(new Set(judged.map(({ commitSubject }) => commitSubject))).toEqual(new Set(['feat: begin', 'feat: go on']));
  expect(judged.every(({ asOf, committedAt }) => asOf && committedAt && committedAt <= asOf)).toBe(true);
  const overview = await getProjectOverview(ctx, projectId);
  expect(overview).toMatchObject({ running: null, pastUnderWay: 0, auditCount: 1, current: { auditId: taskId } });
  expect(overview.trend.map(({ isPast }) => isPast)).toEqual([true, true, true, true, false]);
  expect(overview.trend.map(({ at }) => at)).toEqual(overview.trend.map(({ at }) => at).sort());
  expect((await listAudits(ctx, { projectId, limit: 10 })).items.map(({ auditId }) => auditId)).toEqual([taskId]);
  expect(await db().finding.findMany({ where: { projectId }, orderBy: { id: 'asc' } })).toEqual(before);
  expect(await requestPastAudits(ctx, projectId, { weeks: 4 })).toEqual({ queued: 0 });
  expect(await db().audit.findUnique({ where: { id: taskId }, select: { resultHash: true } })).toEqual({ resultHash });
});

test('a week before the first commit has no point and takes no access from the project', async () => {
  await using repository = await localRepository({
    commits: [{ message: 'feat: begin', at: weeksAgo(0.1), files: { 'src/a.ts': marked(1) } }],
  });
  const team = await createTeam();
  const ctx = team.as('member');
  const projectId = await createProject(team, repository);
  const options = { databaseUrl: database.url, kinds: WORKER_KINDS, concurrency: 2, log: logger() };
  const worker = await startWorker({ ...options, queuePrefix: randomUUID() });
  const { taskId } = await requestAudit(
    ctx,
    projectId,
    { auditType: 'full', priority: 'normal' },
    { trigger: 'manual' },
  );
  await auditEnd(taskId);

  await requestPastAudits(ctx, projectId, { weeks: 1 });
  const past = await db().audit.findFirstOrThrow({ where: { projectId, trigger: 'backfill' } });
  await auditEnd(past.id);
  await worker.stop();

  const overview = await getProjectOverview(ctx, projectId);
  expect(overview).toMatchObject({ accessProblem: null, current: { auditId: taskId } });
  expect(overview.trend.map(({ isPast }) => isPast)).toEqual([false]);
});

test('weeks that were not asked for stay as they were judged, and the log says how many went', async () => {
  const team = await createTeam();
  const projectId = await createProject(team);
  const values = { projectId, kind: 'full', policy: {}, enabledMagics: [], status: 'completed' as const };
  const committedAt = new Date('2026-05-06T12:00:00Z');
  const current = { ...values, number: 1, branch: 'main', trigger: 'manual', committedAt };
  const { id } = await db().audit.create({ data: current });
  await db().project.update({ where: { id: projectId }, data: { currentAuditId: id, nextAuditNumber: 4 } });
  // By rules of another version: only what is judged again may go.
  const past = { ...values, branch: 'main~past', trigger: 'backfill', rulePackVersion: 1 };
  const weeks = ['2026-03-02', '2026-05-04'].map((day) => new Date(`${day}T00:00:00Z`));
  for (const [at, asOf] of weeks.entries()) await db().audit.create({ data: { ...past, number: at + 2, asOf } });

  expect(await requestPastAudits(team.as('member'), projectId, { weeks: 2 })).toEqual({ queued: 2 });

  const left = await db().audit.findMany({ where: { projectId, trigger: 'backfill' }, orderBy: { asOf: 'asc' } });
  expect(left.map(({ asOf, number }) => [asOf?.toISOString().slice(0, 10), number])).toEqual([
    ['2026-03-02', 2],
    ['2026-04-27', 4],
    ['2026-05-04', 5],
  ]);
  expect(await db().auditLogEntry.findMany({ where: { action: 'past.requested', target: projectId } })).toMatchObject([
    { detail: { weeks: 2, deleted: 1 } },
  ]);
});

test('is not for viewers, and other teams do not learn of the project', async () => {
  const team = await createTeam();
  const projectId = await createProject(team);

  await expect(requestPastAudits(team.as('viewer'), projectId, { weeks: 1 })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const others = await createTeam();
  await expect(requestPastAudits(others.as('owner'), projectId, { weeks: 1 })).rejects.toMatchObject({
    code: 'not_found',
  });
});
