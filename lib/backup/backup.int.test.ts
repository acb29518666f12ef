import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { PRODUCT_SESSIONS } from '@/lib/database-sessions';
import { closeDb } from '@/lib/db/client';
import { loadEnv } from '@/lib/env';
import { type ChainEntry, checkChains } from '@/lib/evidence/check-chain';
import { checkEvidence } from '@/lib/evidence/check-evidence';
import { openDirectoryStore } from '@/lib/objects/directory-store';
import { openS3Store } from '@/lib/objects/s3-store';
import { closePublisher } from '@/lib/realtime/publish';
import { plantCanaries } from '@/tests/support/canaries';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { runSql } from '@/tests/support/postgres';
import { type EmptyInstance, emptyInstance, tableDigests } from '@/tests/support/restored';
import { startS3Server } from '@/tests/support/s3-server';
import { prepareAuthSecret } from '@/tests/support/session-cookie';
import { tenant } from '@/tests/support/tenants';
import type { BackupSecret } from './archive-cipher';
import { type BackupManifest, backupKeys, findNewestBackup, listBackups, newBackupName } from './backup-list';
import { verifyBackup } from './check-archive';
import { collectKeys } from './keys';
import { type MakeBackupOptions, makeBackup } from './make-backup';
import type { OddObject } from './objects';
import { pruneBackups } from './prune';
import { type RestoreOptions, restoreBackup } from './restore-backup';

const KEY: BackupSecret = { key: randomBytes(32) };
const VERSION = '0.1.0';
const HOUR_MS = 3_600_000;
/** True of running processes alone, or told by migrating. */
const NOT_RESTORED = ['_prisma_migrations', 'worker_processes', 'socket_io_attachments', 'provider_paces'];

let database: TestDatabase;
let directory: string;
let options: MakeBackupOptions;
let manifest: BackupManifest;

beforeAll(async () => {
  prepareAuthSecret();
  database = await testDatabase();
  directory = await mkdtemp(path.join(tmpdir(), 'elder-backup-'));
  for (const name of ['first', 'second']) await plantCanaries(await tenant(name), name);
  await runSql(database.ownerUrl, `INSERT INTO blob_facts (key, data) VALUES ('known', '\\x00')`);
  const objects = openDirectoryStore(path.join(directory, 'objects'));
  await objects.put('artifacts/report/1', once(randomBytes(200_000)));
  await objects.put('packs/cache', once(Buffer.from('made anew')));
  const store = openDirectoryStore(path.join(directory, 'backups'));
  options = {
    databaseUrl: database.ownerUrl,
    objects,
    keys: await collectKeys(loadEnv({ ELDER_DATA_DIR: process.env.ELDER_DATA_DIR, AUTH_SECRET: 'a'.repeat(40) })),
    secret: KEY,
    stores: { data: store, keys: store },
    productVersion: VERSION,
    onOddObject: unexpected,
  };
  manifest = await makeBackup(options);
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await database[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

describe('a backup', () => {
  test('says what is in it, and holds what it says', async () => {
    expect(manifest).toMatchObject({
      productVersion: VERSION,
      objects: 1,
      keys: expect.arrayContaining(['evidence', 'auth']),
    });
    expect(manifest.rows).toBeGreaterThan(100);
    expect(await listBackups(options.stores.data)).toEqual({ backups: [manifest], ignored: [] });
    expect(await verifyBackup(manifest, options.stores, KEY)).toEqual({
      tables: manifest.tables,
      rows: manifest.rows,
      objects: 1,
      damagedObjects: [],
    });
  });

  test('shows nothing of its rows and keys to whoever has no key', async () => {
    const stored = await readFile(path.join(directory, 'backups', backupKeys(manifest.name).data), 'latin1');
    const keys = await readFile(path.join(directory, 'backups', backupKeys(manifest.name).keys), 'latin1');

    for (const text of [stored, keys]) expect(text).not.toMatch(/first-|PRIVATE|artifacts/);
  });

  test('is the same when the role that owns nothing makes it', async () => {
    const stores = ownStores('other-role');

    const own = await makeBackup({ ...options, stores, databaseUrl: database.url });

    expect([own.tables, own.rows]).toEqual([manifest.tables, manifest.rows]);
    await expect(verifyBackup(own, stores, KEY)).resolves.toMatchObject({ rows: manifest.rows });
  });

  test('refuses to leave rows out that a policy would hide', async () => {
    await runSql(database.ownerUrl, 'CREATE POLICY hides ON teams AS RESTRICTIVE USING (false)');

    await expect(makeBackup(options)).rejects.toMatchObject({ details: { problem: 'rows_hidden', what: 'teams' } });

    await runSql(database.ownerUrl, 'DROP POLICY hides ON teams');
  });

  test('is made by one process at a time', async () => {
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    await client.query('SELECT pg_advisory_lock(72707370)');

    await expect(makeBackup(options)).rejects.toMatchObject({ code: 'conflict', details: { problem: 'busy' } });

    await client.end();
  });

  test('that was not finished is never listed, and goes when it is old', async () => {
    const before = await listBackups(options.stores.data);
    const stopping = new AbortController();
    const objects = {
      ...options.objects,
      list: async function* () {
        stopping.abort();
        yield* [];
      },
    };
    await expect(makeBackup({ ...options, objects, signal: stopping.signal })).rejects.toThrow();
    const name = '20200101T000000Z-abcdef';
    await options.stores.data.put(backupKeys(name).data, once(Buffer.from('half')));

    expect(await listBackups(options.stores.data)).toEqual(before);
    const now = new Date(Date.now() + 72 * HOUR_MS);
    await pruneBackups({ stores: options.stores, secret: KEY, keep: { daily: 9, weekly: 9, monthly: 9 }, now });
    expect(await options.stores.data.head(backupKeys(name).data)).toBeNull();
    expect(await listBackups(options.stores.data)).toEqual(before);
  });
});

describe('whoever may write to the store', () => {
  const stores = () => options.stores;
  const keep = { daily: 1, weekly: 0, monthly: 0 };
  const forge = async (madeAt: Date) => {
    const name = newBackupName(madeAt);
    const forged = { ...manifest, name, madeAt: madeAt.toISOString() };
    for (const part of ['data', 'keys'] as const) {
      const bytes = await buffer(await stores().data.get(backupKeys(manifest.name)[part]));
      await stores().data.put(backupKeys(name)[part], once(bytes));
    }
    await stores().data.put(backupKeys(name).manifest, once(Buffer.from(JSON.stringify(forged))));
    return forged;
  };
  const remove = async ({ name }: { name: string }) => {
    for (const key of Object.values(backupKeys(name))) await stores().data.delete(key);
  };

  test('makes no backup of an old one under a new name, or with another manifest', async () => {
    const later = await forge(new Date(Date.now() + 60_000));
    const sameTime = await forge(new Date(manifest.madeAt));

    for (const forged of [later, sameTime, { ...manifest, productVersion: '0.0.1' }, { ...manifest, rows: 1 }]) {
      await expect(verifyBackup(forged, stores(), KEY)).rejects.toMatchObject({ details: { problem: 'damaged' } });
    }
    await using instance = await emptyInstance({ isMigrated: true });
    const target = { ...instance.target, stores: stores(), secret: KEY, hasKeys: true, productVersion: VERSION };
    await expect(restoreBackup({ ...target, manifest: later })).rejects.toMatchObject({
      details: { problem: 'damaged', what: later.name },
    });
    await remove(later);
    await remove(sameTime);
  });

  test('cannot put the other part of a backup in place of one', async () => {
    const swapped = ownStores('swapped');
    const keys = await buffer(await stores().data.get(backupKeys(manifest.name).keys));
    await swapped.data.put(backupKeys(manifest.name).data, once(keys));
    await swapped.data.put(backupKeys(manifest.name).keys, once(keys));

    await expect(verifyBackup(manifest, swapped, KEY)).rejects.toMatchObject({ details: { problem: 'damaged' } });
  });

  test('cannot make pruning delete real backups by manifests of its own, or by spoiling theirs', async () => {
    const future = await forge(new Date('2099-01-01T00:00:00Z'));
    const later = await forge(new Date(Date.now() + 60_000));
    const spoilt = newBackupName(new Date('2020-01-01T00:00:00Z'));
    await stores().data.put(backupKeys(spoilt).data, once(Buffer.from('whole')));
    await stores().data.put(backupKeys(spoilt).manifest, once(Buffer.from('{')));
    const now = new Date(Date.now() + 72 * HOUR_MS);

    await stores().data.put('backups/not-a-backup/manifest.json', once(Buffer.from('{}')));
    await writeFile(path.join(directory, 'backups', 'backups', 'not-a-backup', 'no key'), '');

    const ignored = [
      { name: future.name, why: 'future' },
      { name: spoilt, why: 'unreadable' },
    ];
    const listed = await listBackups(stores().data, new Date());
    expect(listed.ignored).toEqual(ignored);
    const pruned = await pruneBackups({ stores: stores(), keep, secret: KEY, now });

    expect(pruned).toEqual({ deleted: [], ignored: [...ignored, { name: later.name, why: 'unproven' }] });
    expect(await findNewestBackup(stores().data, now)).toEqual(later);
    expect(await findNewestBackup(stores().data, now, ({ name }) => name !== later.name)).toEqual(manifest);
    expect(await stores().data.head(backupKeys(spoilt).data)).not.toBeNull();
    for (const name of [future.name, later.name, spoilt]) await remove({ name });
    await expect(verifyBackup(manifest, stores(), KEY)).resolves.toMatchObject({ rows: manifest.rows });
  });
});

test('a manifest of any length is not read into memory', async () => {
  const stores = ownStores('large');
  const { manifest: key } = backupKeys(manifest.name);
  let readBytes = 0;
  const store = {
    ...stores.data,
    /** The object was exchanged between looking and reading. */
    head: async () => ({ key, sizeBytes: 10, modifiedAt: new Date() }),
    get: async () =>
      Readable.from(
        (function* () {
          for (; readBytes < 10_000_000; readBytes += 1_000) yield Buffer.alloc(1_000, ' ');
        })(),
      ),
  };
  await stores.data.put(key, once(Buffer.alloc(10_000_000, ' ')));

  expect(await listBackups(stores.data)).toEqual({
    backups: [],
    ignored: [{ name: manifest.name, why: 'unreadable' }],
  });
  expect(await findNewestBackup(store, new Date())).toBeNull();
  expect(readBytes).toBeLessThan(200_000);
});

describe('restoring', () => {
  let instance: EmptyInstance;

  beforeEach(async () => {
    instance = await emptyInstance({ isMigrated: true });
  });

  afterEach(() => instance[Symbol.asyncDispose]());

  const restore = (change: Partial<RestoreOptions> = {}) =>
    restoreBackup({
      manifest,
      stores: options.stores,
      secret: KEY,
      hasKeys: true,
      productVersion: VERSION,
      ...instance.target,
      ...change,
    });

  test('keeps artifacts that lie there already only when they are those of the backup', async () => {
    const { objects } = instance.target;
    const key = 'artifacts/report/1';
    await objects.put(key, once(randomBytes(200_000)));
    const refused = { details: { problem: 'other_objects', what: key } };
    await expect(restore()).rejects.toMatchObject(refused);

    await writeFile(path.join(instance.dataDirectory, 'objects', key), 'neither sealed nor whole');
    await expect(restore()).rejects.toMatchObject(refused);
    expect(await rowsOf(instance.ownerUrl, 'SELECT FROM teams')).toEqual([]);
    expect(await readdir(instance.dataDirectory)).not.toContain('evidence-key.pem');

    await objects.put(key, once(await buffer(await options.objects.get(key))));
    await expect(restore()).resolves.toMatchObject({ objects: 1 });
  });

  test('is not stopped by artifacts of odd names and damaged ones, and restores none of them', async () => {
    await using server = await startS3Server();
    using objects = openS3Store(server.settings);
    const { bucket: Bucket, region, endpoint, credentials } = server.settings;
    const raw = new S3Client({ region, endpoint, forcePathStyle: true, ...(credentials && { credentials }) });
    await objects.put('artifacts/whole', once(Buffer.from('whole')));
    for (const Key of ['artifacts/damaged', 'artifacts/no key.txt']) {
      await raw.send(new PutObjectCommand({ Bucket, Key, Body: 'x'.repeat(1_000) }));
    }
    raw.destroy();
    const odd: OddObject[] = [];

    const made = await makeBackup({ ...options, objects, onOddObject: (object) => odd.push(object) });

    expect(odd).toEqual([
      { key: 'artifacts/damaged', why: 'damaged' },
      { key: 'artifacts/no key.txt', why: 'name' },
    ]);
    const damagedObjects = ['artifacts/damaged'];
    expect(await verifyBackup(made, options.stores, KEY)).toMatchObject({ objects: 2, damagedObjects });
    expect(await restore({ manifest: made })).toMatchObject({ objects: 2, damagedObjects });
    expect(await instance.target.objects.head('artifacts/damaged')).toBeNull();
    expect(await buffer(await instance.target.objects.get('artifacts/whole'))).toEqual(Buffer.from('whole'));
  });

  test('brings back every row of every table, with triggers, policies, keys and objects', async () => {
    await using bare = await emptyInstance({ isMigrated: false });
    await instance[Symbol.asyncDispose]();
    instance = bare;

    const restored = await restore();

    expect(restored).toMatchObject({ tables: manifest.tables, rows: manifest.rows, objects: 1 });
    const [before, after] = [await tableDigests(database.url), await tableDigests(instance.url)];
    for (const name of NOT_RESTORED) {
      delete before[name];
      delete after[name];
    }
    expect(after).toEqual(before);
    expect(Object.values(after).filter((digest) => !digest.startsWith('0 ')).length).toBeGreaterThan(35);
    expect(await schemaOf(instance.ownerUrl)).toEqual(await schemaOf(database.ownerUrl));
    expect((await buffer(await instance.target.objects.get('artifacts/report/1'))).length).toBe(200_000);
    expect(await instance.target.objects.head('packs/cache')).toBeNull();
    const file = path.join(instance.dataDirectory, 'evidence-key.pem');
    expect(await readFile(file, 'utf8')).toBe(options.keys.evidence);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await expect(runSql(instance.ownerUrl, 'DELETE FROM audit_log')).rejects.toThrow();
    await expect(restore()).rejects.toMatchObject({ code: 'conflict', details: { problem: 'not_empty' } });
  });

  test('keeps the chains of the audit log and of evidence whole', async () => {
    await restore();

    const rows = await rowsOf<{ envelope: string }>(
      instance.ownerUrl,
      'SELECT envelope FROM audit_evidence ORDER BY sequence',
    );
    const entries = rows.map(({ envelope }, index): ChainEntry => {
      const check = checkEvidence(envelope, null);
      if (check.problem !== null) throw new Error(check.problem);
      return { ...check, file: 'restored', line: index + 1 };
    });
    const chains = checkChains(entries);
    expect(chains.length).toBe(2);
    expect(chains.flatMap(({ problems }) => problems).filter(({ kind }) => kind !== 'reordered')).toEqual([]);
    const heads = `SELECT chain, sequence, hash FROM audit_log_heads ORDER BY chain`;
    expect(await rowsOf(instance.ownerUrl, heads)).toEqual(await rowsOf(database.ownerUrl, heads));
  });

  test('takes a database that was started once and never used', async () => {
    await runSql(
      instance.ownerUrl,
      `SET elder.team_ids = '*'; INSERT INTO setup_links (id, token_hash, expires_at) VALUES (gen_random_uuid(), 'x', now())`,
    );

    await expect(restore()).resolves.toMatchObject({ rows: manifest.rows });
  });

  test('refuses while a worker runs', async () => {
    await runSql(
      instance.ownerUrl,
      `INSERT INTO worker_processes (id, host, pid, version, kinds, started_at, last_seen_at, jobs, rss_bytes)
       VALUES ('w', 'h', 1, 'v', '{}', now(), now(), '[]', 0)`,
    );

    await expect(restore()).rejects.toMatchObject({ details: { problem: 'in_use' } });
  });

  test('refuses while a session of the product is open', async () => {
    const web = new pg.Client({ connectionString: instance.url, application_name: PRODUCT_SESSIONS.queries });
    await web.connect();

    await expect(restore()).rejects.toMatchObject({ details: { problem: 'in_use' } });

    await web.end();
    await expect(restore()).resolves.toMatchObject({ rows: manifest.rows });
  });

  test('leaves alone what others commit while it waits for them', async () => {
    const writer = new pg.Client({ connectionString: instance.ownerUrl, options: '-c elder.team_ids=*' });
    await writer.connect();
    await writer.query('BEGIN');
    await writer.query(`INSERT INTO teams (id, name) VALUES (gen_random_uuid(), 'Late')`);

    const restoring = restore().catch((error: unknown) => error);
    await vi.waitFor(
      async () => {
        const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database()
          AND application_name = 'elder-restore' AND wait_event_type = 'Lock'`;
        expect(await rowsOf(instance.ownerUrl, waiting)).toHaveLength(1);
      },
      { timeout: 9_000 },
    );
    await writer.query('COMMIT');
    await writer.end();

    expect(await restoring).toMatchObject({ details: { problem: 'not_empty', what: 'teams' } });
    expect(await rowsOf(instance.ownerUrl, 'SELECT name FROM teams')).toEqual([{ name: 'Late' }]);
  });

  test('refuses a database of a later migration', async () => {
    await runSql(
      instance.ownerUrl,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '9999_later', now())`,
    );

    await expect(restore()).rejects.toMatchObject({ details: { problem: 'ahead', what: '9999_later' } });
  });

  test('refuses another key, another passphrase and the wrong kind of either, before anything is made', async () => {
    const byPassphrase = await makeBackup({ ...options, secret: { passphrase: 'correct horse battery staple' } });
    for (const secret of [{ key: randomBytes(32) }, { passphrase: 'another passphrase' }]) {
      for (const sealed of [manifest, byPassphrase]) {
        await expect(restore({ manifest: sealed, secret })).rejects.toMatchObject({
          details: { problem: 'wrong_key' },
        });
      }
    }

    expect(await rowsOf(instance.ownerUrl, 'SELECT FROM teams')).toEqual([]);
    await expect(
      restore({ manifest: byPassphrase, secret: { passphrase: 'correct horse battery staple' } }),
    ).resolves.toMatchObject({ rows: manifest.rows });
  });

  test('refuses an archive that was changed in any way and leaves everything empty', async () => {
    const damages: ((stored: Buffer) => Buffer)[] = [
      (stored) => flipped(stored, stored.length >> 1),
      (stored) => flipped(stored, stored.length - 20),
      (stored) => stored.subarray(0, startOf(stored) + SEALED_CHUNK),
      (stored) => stored.subarray(0, stored.length >> 1),
      exchanged,
      (stored) => Buffer.concat([stored, randomBytes(100)]),
    ];
    for (const damage of damages) {
      const damaged = await withData(damage);

      await expect(restore({ stores: damaged })).rejects.toMatchObject({ details: { problem: 'damaged' } });
      await expect(verifyBackup(manifest, damaged, KEY)).rejects.toMatchObject({ details: { problem: 'damaged' } });

      const digests = await tableDigests(instance.url);
      const full = Object.keys(digests).filter((name) => !digests[name]?.startsWith('0 '));
      // Migrating writes both.
      expect(full).toEqual(['_prisma_migrations', 'instance']);
      expect(await instance.target.objects.head('artifacts/report/1')).toBeNull();
      expect(await readdir(instance.dataDirectory)).not.toContain('evidence-key.pem');
    }
    await expect(restore()).resolves.toMatchObject({ rows: manifest.rows });
  });

  test('refuses a backup of a newer release', async () => {
    await expect(restore({ productVersion: '0.0.9' })).rejects.toMatchObject({ details: { problem: 'newer' } });
    const { known } = instance.target.migrating;
    const migrating = { ...instance.target.migrating, known: known.slice(0, -1) };
    await expect(restore({ migrating })).rejects.toMatchObject({
      details: { problem: 'newer', what: known.at(-1)?.name },
    });
  });

  test('brings a backup of an earlier migration up to today', async () => {
    const all = instance.target.migrating.known.map(({ name }) => name);
    await using older = await emptyInstance({ isMigrated: false });
    await using bare = await emptyInstance({ isMigrated: false });
    await older.target.migrating.migrate(new Set(all.slice(0, -3)));
    await runSql(
      older.ownerUrl,
      `SET elder.team_ids = '*'; INSERT INTO teams (id, name) VALUES (gen_random_uuid(), 'Early')`,
    );
    const early = await makeBackup({ ...options, databaseUrl: older.ownerUrl });
    await expect(restore({ manifest: early })).rejects.toMatchObject({ details: { problem: 'ahead' } });
    await instance[Symbol.asyncDispose]();
    instance = bare;

    await restore({ manifest: early });

    expect(early.migration).toBe(all.at(-4));
    expect(await instance.target.migrating.listApplied()).toEqual(all);
    expect(await rowsOf(instance.ownerUrl, `SELECT name FROM teams`)).toEqual([{ name: 'Early' }]);
  });

  test('leaves keys to the settings, and refuses an encryption key that would open nothing', async () => {
    const own = loadEnv({ ELDER_DATA_DIR: instance.dataDirectory, ENCRYPTION_KEY: randomBytes(32).toString('hex') });
    const sealed = await makeBackup({
      ...options,
      keys: await collectKeys(
        loadEnv({ ELDER_DATA_DIR: instance.dataDirectory, ENCRYPTION_KEY: randomBytes(32).toString('hex') }),
      ),
    });

    await expect(restore({ manifest: sealed, settings: own })).rejects.toMatchObject({
      details: { problem: 'other_keys' },
    });
    // The settings lack one key of the ring, and without keys the ones in place count.
    const [newest, older] = [randomBytes(32), randomBytes(32)];
    const ring = JSON.stringify({ keys: [newest, older].map((key) => key.toString('base64')) });
    const rotated = await makeBackup({ ...options, keys: { encryption: ring } });
    const part = loadEnv({ ELDER_DATA_DIR: instance.dataDirectory, ENCRYPTION_KEY: newest.toString('hex') });
    const file = path.join(instance.dataDirectory, 'encryption-keys.json');
    const lacking = { details: { problem: 'other_keys', what: expect.stringMatching(/^[A-Za-z_.-]+: [0-9a-f]{16}/) } };
    await expect(restore({ manifest: rotated, settings: part })).rejects.toMatchObject(lacking);
    await expect(restore({ manifest: rotated, hasKeys: false })).rejects.toMatchObject(lacking);
    await expect(restore({ manifest: rotated, settings: part, hasKeys: false })).rejects.toMatchObject(lacking);
    await writeFile(file, JSON.stringify({ keys: [newest.toString('base64')] }));
    await expect(restore({ manifest: rotated, hasKeys: false })).rejects.toMatchObject(lacking);

    await writeFile(path.join(instance.dataDirectory, 'auth-secret'), 'of a first start\n');
    await restore();
    expect(await readFile(path.join(instance.dataDirectory, 'auth-secret.before-restore'), 'utf8')).toBe(
      'of a first start\n',
    );
    expect(await readFile(path.join(instance.dataDirectory, 'auth-secret'), 'utf8')).toBe(options.keys.auth);
  });

  test('places no key unless rows are kept, and leaves no draft', async () => {
    await writeFile(path.join(instance.dataDirectory, 'auth-secret'), 'in use\n');
    // Fails when it is committed, and not before.
    await runSql(
      instance.ownerUrl,
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
       CREATE CONSTRAINT TRIGGER refuses AFTER INSERT ON blob_facts DEFERRABLE INITIALLY DEFERRED
         FOR EACH ROW EXECUTE FUNCTION refuse();
       ALTER TABLE blob_facts ENABLE ALWAYS TRIGGER refuses`,
    );

    await expect(restore()).rejects.toThrow('no');

    expect(await readFile(path.join(instance.dataDirectory, 'auth-secret'), 'utf8')).toBe('in use\n');
    expect((await readdir(instance.dataDirectory)).filter((name) => name !== 'objects')).toEqual(['auth-secret']);
    expect(await instance.target.objects.head('artifacts/report/1')).toBeNull();
    expect(await rowsOf(instance.ownerUrl, 'SELECT FROM teams')).toEqual([]);
  });

  test('fails before rows are kept where a key file cannot be read', async () => {
    await mkdir(path.join(instance.dataDirectory, 'auth-secret', 'in-the-way'), { recursive: true });

    await expect(restore()).rejects.toBeDefined();

    expect(await rowsOf(instance.ownerUrl, 'SELECT FROM teams')).toEqual([]);
    expect((await readdir(instance.dataDirectory)).filter((name) => name !== 'objects')).toEqual(['auth-secret']);
  });

  test('works from a bucket, with keys in a directory of their own', async () => {
    await using server = await startS3Server();
    using data = openS3Store(server.settings);
    const stores = { data, keys: ownStores('keys').keys };

    const own = await makeBackup({ ...options, stores });

    expect(await data.head(backupKeys(own.name).keys)).toBeNull();
    await expect(restore({ manifest: own, stores })).resolves.toMatchObject({ rows: manifest.rows });
  });
});

/** The backup with another archive in its place, sealed anew by the store: only the archive itself can tell. */
async function withData(change: (stored: Buffer) => Buffer) {
  const stored = await buffer(await options.stores.data.get(backupKeys(manifest.name).data));
  const store = openDirectoryStore(await mkdtemp(path.join(directory, 'damaged-')));
  await store.put(backupKeys(manifest.name).data, once(change(stored)));
  const keys = await buffer(await options.stores.data.get(backupKeys(manifest.name).keys));
  await store.put(backupKeys(manifest.name).keys, once(keys));
  return { data: store, keys: store };
}

function flipped(stored: Buffer, at: number): Buffer {
  const changed = Buffer.from(stored);
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
  return changed;
}

/** 64 KiB and what proves them. */
const SEALED_CHUNK = 64 * 1024 + 16;

/** Of the chunks, behind both lines of the header. */
function startOf(stored: Buffer): number {
  return stored.indexOf('\n', stored.indexOf('\n') + 1) + 1;
}

function exchanged(stored: Buffer): Buffer {
  const start = startOf(stored);
  const chunk = (number: number) => stored.subarray(start + number * SEALED_CHUNK, start + (number + 1) * SEALED_CHUNK);
  return Buffer.concat([stored.subarray(0, start), chunk(1), chunk(0), stored.subarray(start + 2 * SEALED_CHUNK)]);
}

function ownStores(name: string) {
  const store = openDirectoryStore(path.join(directory, name));
  return { data: store, keys: store };
}

/** All that a restore takes apart for a while. */
async function schemaOf(url: string): Promise<unknown[]> {
  return rowsOf(
    url,
    `SELECT 'constraint' AS kind, conrelid::regclass::text AS of, conname::text AS name, pg_get_constraintdef(oid) AS what
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace
     UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname::text, tgenabled::text
       FROM pg_trigger WHERE NOT tgisinternal
     UNION ALL SELECT 'security', oid::regclass::text, relrowsecurity::text, relforcerowsecurity::text
       FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
     ORDER BY 1, 2, 3`,
  );
}

async function rowsOf<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, options: '-c elder.team_ids=*' });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

function unexpected(object: OddObject): void {
  throw new Error(`${object.key} is odd`);
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
