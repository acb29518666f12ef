import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBackup } from '@/lib/backup/make-backup';
import { restoreBackup } from '@/lib/backup/restore-backup';
import { closeDb, db } from '@/lib/db/client';
import { openDirectoryStore } from '@/lib/objects/directory-store';
import { closePublisher } from '@/lib/realtime/publish';
import { requestAudit } from '@/lib/services/audits';
import { auditEnd, until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createProject, createTeam } from '@/tests/support/factories';
import { holdWrites } from '@/tests/support/hold';
import { localRepository } from '@/tests/support/local-repository';
import { emptyInstance } from '@/tests/support/restored';

let database: TestDatabase;
let directory: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await testDatabase();
  directory = await mkdtemp(path.join(tmpdir(), 'elder-running-'));
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

test('an audit that ran when the backup was made ends after it was restored, with the result it would have had', async () => {
  await using repository = await localRepository({
    commits: [{ message: 'feat: begin', files: { 'a.ts': 'export const a = 1; // TODO: more\n' } }],
  });
  const team = await createTeam();
  const projectId = await createProject(team, repository);
  const worker = await startWorker(database.url, path.join(directory, 'before'));
  const judging = `new.kind = 'judge' and new.status = 'done'`;
  const hold = await holdWrites(database.ownerUrl, 'audit_jobs', 'update', judging);
  const { taskId } = await requestAudit(
    team.as('member'),
    projectId,
    { auditType: 'full', priority: 'normal' },
    {
      trigger: 'manual',
    },
  );
  await until('a judge to be nearly done', hold.isWaiting);
  const store = openDirectoryStore(path.join(directory, 'backups'));
  const options = {
    stores: { data: store, keys: store },
    secret: { key: randomBytes(32) },
    productVersion: '0.1.0',
  };

  const manifest = await makeBackup({
    ...options,
    databaseUrl: database.ownerUrl,
    objects: openDirectoryStore(path.join(directory, 'objects')),
    keys: {},
    onOddObject: () => undefined,
  });
  await hold[Symbol.asyncDispose]();
  const undisturbed = await auditEnd(taskId);
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  await using instance = await emptyInstance({ isMigrated: true });
  await restoreBackup({ ...options, ...instance.target, manifest, hasKeys: true });

  const client = new pg.Client({ connectionString: instance.ownerUrl, options: '-c elder.team_ids=*' });
  await client.connect();
  const read = async () => {
    const { rows } = await client.query<{ status: string; hash: string | null }>(
      'SELECT status::text, result_hash AS hash FROM audits WHERE id = $1',
      [taskId],
    );
    return rows[0];
  };
  expect(await read()).toEqual({ status: 'running', hash: null });
  await startWorker(instance.url, instance.dataDirectory);
  await until('the audit to end', async () => (await read())?.status !== 'running');

  expect(undisturbed.status).toBe('completed');
  expect(await read()).toEqual({ status: 'completed', hash: undisturbed.resultHash });
  expect(await db().audit.count()).toBe(1);
  await client.end();
}, 180_000);

test('a database that a worker was only started on takes a backup once the worker is gone', async () => {
  const team = await createTeam();
  const store = openDirectoryStore(path.join(directory, 'backups-of-an-idle'));
  const options = {
    stores: { data: store, keys: store },
    secret: { key: randomBytes(32) },
    productVersion: '0.1.0',
  };
  const manifest = await makeBackup({
    ...options,
    databaseUrl: database.ownerUrl,
    objects: openDirectoryStore(path.join(directory, 'objects')),
    keys: {},
    onOddObject: ({ key }) => expect.fail(key),
  });
  await using instance = await emptyInstance({ isMigrated: true });
  const holds = async (sql: string) => {
    const client = new pg.Client({ connectionString: instance.ownerUrl, options: '-c elder.team_ids=*' });
    await client.connect();
    return client
      .query(sql)
      .then(({ rowCount }) => (rowCount ?? 0) > 0)
      .finally(() => client.end());
  };
  const restore = () => restoreBackup({ ...options, ...instance.target, manifest, hasKeys: true });
  const worker = await startWorker(instance.url, instance.dataDirectory);
  await until('the first round of upkeep', async () => {
    const measured = await holds('SELECT FROM queue_depths');
    return measured && (await holds('SELECT FROM queue_samples'));
  });

  await expect(restore()).rejects.toMatchObject({ details: { problem: 'in_use' } });
  worker.kill('SIGTERM');
  await once(worker, 'exit');
  await until('nobody to be taken for alive', async () => {
    return !(await holds(`SELECT FROM worker_processes WHERE last_seen_at > now() - interval '10 seconds'`));
  });
  await restore();

  expect(await holds(`SELECT FROM teams WHERE id = '${team.teamId}'`)).toBe(true);
}, 180_000);

async function startWorker(url: string, dataDirectory: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'workers/main.ts'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      DATABASE_URL: url,
      ELDER_DATA_DIR: dataDirectory,
      ALLOW_LOCAL_REPOSITORIES: 'true',
      WORKER_CONCURRENCY: '2',
    },
  });
  children.push(child);
  const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  expect(message).toBe('ready');
  return child;
}
