import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { openGitDir } from '@/lib/git/open-local';
import { resolveCommit } from '@/lib/git/read-tree';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { getAudit } from '@/lib/services/audits';
import { listDeliveries } from '@/lib/services/deliveries';
import { getWebhook } from '@/lib/services/project-webhooks';
import { until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { pushSketch } from '@/tests/support/git-remote';
import { localRepository } from '@/tests/support/local-repository';
import { isSettled, madeUpCommit, preparePush, sendPush, sendPushes } from '@/tests/support/pushes';
import { startWorker } from './worker';

const PUSHES = 1_000;
const AT_ONCE = 25;

let database: TestDatabase;
let work: string;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'elder-hooks-'));
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

test('a thousand pushes in a burst are all answered, and few audits end with the newest commit', async () => {
  await using repository = await localRepository({ files: { 'src/pay.ts': 'export const a = 1;\n' } });
  const team = await createTeam();
  const ctx = team.as('admin');
  const projectId = await createProject(team, repository);
  const { secret } = await getWebhook(ctx, projectId);
  const options = { databaseUrl: database.url, kinds: WORKER_KINDS, concurrency: 4, log: logger() };
  const worker = await startWorker({ ...options, queuePrefix: randomUUID() });
  const prepare = (after: string) => preparePush(secret, { after, files: ['src/pay.ts'] });

  const older = Array.from({ length: PUSHES - 1 }, (_, at) => prepare(madeUpCommit(at + 1)));
  const answers = await sendPushes(projectId, older, AT_ONCE);
  await pushSketch(repository.path, { files: { 'src/pay.ts': '// TODO: charge the card\nexport const a = 2;\n' } });
  const last = await resolveCommit(await openGitDir(repository.path));
  answers.push(await sendPush(projectId, prepare(last)));
  await until('all deliveries to be looked into', () => isSettled(projectId), 240_000);
  await worker.stop();

  expect(answers).toHaveLength(PUSHES);
  expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
  expect(Math.max(...answers.map(({ tookMs }) => tookMs))).toBeLessThan(10_000);
  const audits = await db().audit.findMany({ where: { projectId }, orderBy: { number: 'asc' } });
  expect(audits.length).toBeLessThan(60);
  expect(audits.at(-1)).toMatchObject({ status: 'completed', commitId: last, targetFiles: ['src/pay.ts'] });
  const { items } = await listDeliveries(ctx, projectId, { limit: 200 });
  expect(
    items.every(({ outcome }) => /^(?:audit_queued|joined_waiting_audit|already_audited)$/.test(outcome?.id ?? '')),
  ).toBe(true);
  const audit = await getAudit(ctx, audits.at(-1)?.id ?? '');
  expect(audit).toMatchObject({ trigger: 'push', targetFiles: ['src/pay.ts'] });
  expect(audit.changedFindings).toContainEqual(expect.objectContaining({ path: 'src/pay.ts', startLine: 1 }));
}, 420_000);
