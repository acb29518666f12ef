import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeDb } from '@/lib/db/client';
import { encryptionKeyOf, keyRingOf } from '@/lib/secrets/key-ring';
import { sealSecret } from '@/lib/secrets/seal';
import { redisUrl, type TestDatabase, testDatabase } from '@/tests/support/database';
import { createTeam } from '@/tests/support/factories';
import { runSql } from '@/tests/support/postgres';
import { startS3Server } from '@/tests/support/s3-server';
import { runDoctor } from './run-doctor';

interface Told {
  isHealthy: boolean;
  findings: { check: string; status: string; message: string }[];
}

const KEY = encryptionKeyOf(randomBytes(32));
const GIVEN = { ...process.env };

let database: TestDatabase;
let directory: string;

beforeAll(async () => {
  database = await testDatabase();
  directory = await mkdtemp(path.join(tmpdir(), 'elder-doctor-'));
  await seal();
});

afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in GIVEN)) delete process.env[name];
  Object.assign(process.env, GIVEN);
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

async function examine(settings: Record<string, string> = {}) {
  const given = {
    DATABASE_URL: database.url,
    ELDER_DATA_DIR: directory,
    ENCRYPTION_KEY: KEY.bytes.toString('hex'),
    ...settings,
  };
  Object.assign(process.env, given);
  const { text, code } = await runDoctor({ isJson: true }, 'en');
  const told = JSON.parse(text) as Told;
  for (const secret of [KEY.bytes.toString('hex'), 'pa55w0rd-of-mail', new URL(database.url).password]) {
    expect(text).not.toContain(secret);
  }
  expect(code).toBe(told.isHealthy ? 0 : 1);
  return Object.fromEntries(told.findings.map(({ check, ...finding }) => [check, finding]));
}

test('a sound installation is told to be, and what nobody set up is not checked', async () => {
  const found = await examine();

  for (const check of ['settings', 'node', 'disk', 'directory', 'address', 'database', 'version', 'migrations']) {
    expect([check, found[check]?.status]).toEqual([check, 'ok']);
  }
  for (const check of ['role', 'row_security', 'connections', 'clock', 'objects']) {
    expect([check, found[check]?.status]).toEqual([check, 'ok']);
  }
  expect(found.secrets).toEqual({ status: 'ok', message: '1' });
  expect(found.redis).toEqual({ status: 'not_checked', message: 'REDIS_URL is not set' });
  expect(found.mail).toEqual({ status: 'not_checked', message: 'SMTP_URL is not set' });
  expect(found.backup).toMatchObject({ status: 'warning', message: expect.stringContaining('BACKUP_SCHEDULE') });
});

test('a secret whose key is gone fails, and names key and file', async () => {
  const found = await examine({ ENCRYPTION_KEY: randomBytes(32).toString('hex') });

  expect(found.secrets).toMatchObject({ status: 'failed', message: expect.stringContaining(KEY.id) });
});

test('migrations of a newer release, and such as are missing, are told', async () => {
  await runSql(
    database.ownerUrl,
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '9999_later', now())`,
  );
  const newer = await examine();
  await runSql(database.ownerUrl, `DELETE FROM _prisma_migrations WHERE migration_name = '9999_later'`);
  await runSql(
    database.ownerUrl,
    `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '0001_init'`,
  );
  const pending = await examine();
  await runSql(
    database.ownerUrl,
    `UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = '0001_init'`,
  );

  expect(newer.migrations).toMatchObject({ status: 'failed', message: expect.stringContaining('9999_later') });
  expect(newer.secrets?.status).toBe('not_checked');
  expect(pending.migrations).toMatchObject({ status: 'warning', message: expect.stringContaining('0001_init') });
});

test('row-level security that somebody loosened, and a role that owns the tables, are told', async () => {
  await runSql(database.ownerUrl, 'ALTER TABLE teams NO FORCE ROW LEVEL SECURITY');
  const found = await examine({ DATABASE_URL: database.ownerUrl });
  await runSql(database.ownerUrl, 'ALTER TABLE teams FORCE ROW LEVEL SECURITY');

  expect(found.row_security).toMatchObject({ status: 'failed', message: expect.stringContaining('teams') });
  expect(found.role).toMatchObject({ status: 'warning', message: expect.stringContaining('role of its own') });
});

test('a database that does not answer leaves its checks open', async () => {
  const found = await examine({ DATABASE_URL: 'postgresql://nobody:x@127.0.0.1:1/elder' });

  expect(found.database).toEqual({ status: 'failed', message: 'No PostgreSQL answers at DATABASE_URL' });
  expect(found.migrations).toEqual({ status: 'not_checked', message: 'needs the database' });
});

test('settings that are no settings are named and nothing else is looked at', async () => {
  const found = await examine({ PORT: 'eighty' });

  expect(found.settings).toMatchObject({ status: 'failed', message: expect.stringContaining('PORT must be') });
  expect(found.database).toBeUndefined();
});

test('keys that others can read are told', async () => {
  const file = path.join(directory, 'auth-secret');
  await writeFile(file, 'x');
  await chmod(file, 0o644);

  expect((await examine()).directory).toEqual({
    status: 'failed',
    message: `${file} can be read by others: chmod 600 it`,
  });

  await rm(file);
});

test('a bucket is written to, read and left as it was; one that is missing is told', async () => {
  await using server = await startS3Server();
  const { bucket, endpoint, credentials } = server.settings;
  const s3 = {
    S3_BUCKET: bucket,
    S3_ENDPOINT: endpoint,
    S3_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
    S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
  };

  expect((await examine(s3)).objects?.status).toBe('ok');
  expect((await examine({ ...s3, S3_BUCKET: 'elsewhere' })).objects).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('There is no such bucket'),
  });
});

test('a mail server that does not answer and an address nobody else can open are told', async () => {
  const found = await examine({
    SMTP_URL: 'smtp://elder:pa55w0rd-of-mail@127.0.0.1:1',
    MAIL_FROM: 'elder@example.org',
    HOST: '0.0.0.0',
  });

  expect(found.mail).toMatchObject({ status: 'failed', message: expect.stringContaining('SMTP_URL') });
  expect(found.address).toMatchObject({ status: 'warning', message: expect.stringContaining('PUBLIC_URL') });
});

test.runIf(redisUrl())('a Redis that keeps nothing is told', async () => {
  expect((await examine({ REDIS_URL: redisUrl() ?? '' })).redis).toMatchObject({
    status: 'warning',
    message: expect.stringContaining('appendonly'),
  });
});

test('people read it in their language', async () => {
  Object.assign(process.env, { DATABASE_URL: database.url, ELDER_DATA_DIR: directory });

  const { text } = await runDoctor({ isJson: false }, 'ja');

  expect(text).toMatch(/^✔ 設定: 正常$/m);
  expect(text).toMatch(/正常 \d+、注意 \d+、失敗 \d+、未確認 \d+\n$/);
});

/** A secret in the row of a connection. */
async function seal(): Promise<void> {
  const { teamId } = await createTeam();
  const rowId = '00000000-0000-4000-8000-000000000009';
  const sealed = sealSecret(keyRingOf(KEY, []), { teamId, table: 'connections', rowId, column: 'secret' }, 'token');
  await runSql(
    database.ownerUrl,
    `SET elder.team_ids = '*';
     INSERT INTO connections (id, team_id, provider, name, base_url, kind, secret)
     VALUES ('${rowId}', '${teamId}', 'github', 'n', 'https://github.com', 'token', '${sealed}')`,
  );
}
