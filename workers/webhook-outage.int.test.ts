import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { openGitDir } from '@/lib/git/open-local';
import { resolveCommit } from '@/lib/git/read-tree';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { getWebhook } from '@/lib/services/project-webhooks';
import { until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { pushSketch } from '@/tests/support/git-remote';
import { localRepository } from '@/tests/support/local-repository';
import { databaseName, runSql } from '@/tests/support/postgres';
import { isSettled, madeUpCommit, preparePush, sendPush, sendPushes } from '@/tests/support/pushes';
import { startWorker } from './worker';

const PUSHES = 120;
const AT_ONCE = 10;
/** Before which pushes the database goes away; it is back after ten of them. */
const OUTAGES = [30, 80];

let database: TestDatabase;
let work: string;

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'elder-outage-'));
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

/** Cuts all connections to the database of this test and lets none in, as while it restarts; others go on. Gives what ends that. */
async function cutDatabase(): Promise<() => Promise<void>> {
  const { adminUrl } = inject('postgres');
  const name = databaseName(database.url);
  const letIn = (isOpen: boolean) =>
    runSql(adminUrl, `ALTER DATABASE ${pg.escapeIdentifier(name)} ALLOW_CONNECTIONS ${isOpen}`);
  await letIn(false);
  await runSql(
    adminUrl,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${pg.escapeLiteral(name)}`,
  );
  return () => letIn(true);
}

test('the database goes away twice under deliveries: each is looked into once, and the newest commit is audited', async () => {
  await using repository = await localRepository({ files: { 'src/pay.ts': 'export const a = 1;\n' } });
  const team = await createTeam();
  const projectId = await createProject(team, repository);
  const { secret } = await getWebhook(team.as('admin'), projectId);
  const options = { databaseUrl: database.url, kinds: WORKER_KINDS, concurrency: 4, log: logger() };
  const worker = await startWorker({ ...options, queuePrefix: randomUUID() });
  const prepare = (after: string) => preparePush(secret, { after, files: ['src/pay.ts'] });
  await pushSketch(repository.path, { files: { 'src/pay.ts': '// TODO: charge the card\nexport const a = 2;\n' } });
  const last = await resolveCommit(await openGitDir(repository.path));
  const pushes = Array.from({ length: PUSHES - 1 }, (_, at) => prepare(madeUpCommit(at + 1)));
  pushes.push(prepare(last));

  // GitHub keeps what nobody took, and sends it again when it is asked to: by its own id, signed as before.
  const unanswered: typeof pushes = [];
  const refused = new Set<number>();
  for (let at = 0; at < pushes.length; at += AT_ONCE) {
    const reopen = OUTAGES.includes(at) ? await cutDatabase() : null;
    const some = pushes.slice(at, at + AT_ONCE);
    const answers = await sendPushes(projectId, some, AT_ONCE);
    some.forEach((push, index) => {
      const status = answers[index]?.status ?? 0;
      if (status === 202) return;
      unanswered.push(push);
      refused.add(status);
    });
    await reopen?.();
  }
  expect(unanswered.length).toBe(AT_ONCE * OUTAGES.length);
  expect([...refused]).toEqual([503]);
  for (const push of unanswered) expect([200, 202]).toContain((await sendPush(projectId, push)).status);
  await until('all deliveries to be looked into', () => isSettled(projectId), 240_000);
  await worker.stop();

  const deliveries = await db().webhookDelivery.findMany({ where: { projectId } });
  expect(deliveries).toHaveLength(PUSHES);
  expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set(['processed']));
  const audits = await db().audit.findMany({ where: { projectId }, orderBy: { number: 'asc' } });
  expect(audits.at(-1)).toMatchObject({ status: 'completed', commitId: last });
  const asked = deliveries.filter(({ outcome }) => JSON.stringify(outcome).includes('audit_queued'));
  expect(audits).toHaveLength(asked.length);
  expect(audits.filter(({ status }) => status !== 'completed' && status !== 'cancelled')).toEqual([]);
}, 420_000);
