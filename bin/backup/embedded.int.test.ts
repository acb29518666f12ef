import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { type Env, loadEnv } from '@/lib/env';
import { removeProductData } from '@/tests/support/product-data';
import { createMigrating } from './migrating';
import { runBackup } from './run-backup';
import { type DatabaseUrls, withDatabase } from './with-database';

const GIVEN = { ...process.env };
const SURROUNDINGS = { language: 'en', say: () => undefined, signal: new AbortController().signal } as const;

afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in GIVEN)) delete process.env[name];
  Object.assign(process.env, GIVEN);
});

test('an embedded installation that is stopped is backed up, and restored into a data directory that is not there yet', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'elder-embedded-'));
  const places = [path.join(directory, 'before'), path.join(directory, 'after')] as const;
  const of = (dataDirectory: string): Env => {
    Object.assign(process.env, {
      ELDER_DATA_DIR: dataDirectory,
      BACKUP_DIR: path.join(directory, 'backups'),
      BACKUP_PASSPHRASE: 'correct horse battery staple',
    });
    return loadEnv(process.env);
  };
  const release = { productVersion: '0.1.0' };
  await withDatabase(of(places[0]), { isAlone: true, ...release }, async ({ ownerUrl, applicationUrl }) => {
    const migrationsDirectory = path.resolve('prisma/migrations');
    await createMigrating({ ownerUrl, applicationUrl, role: undefined, migrationsDirectory }).migrate();
    await ask({ ownerUrl, applicationUrl }, `INSERT INTO teams (id, name) VALUES (gen_random_uuid(), 'Embedded')`);
  });
  await writeFile(path.join(places[0], 'auth-secret'), 'of the sessions\n', { mode: 0o600 });

  await runBackup({ name: 'backup', isJson: false }, SURROUNDINGS);
  of(places[1]);
  const { text } = await runBackup({ name: 'restore', backup: undefined, hasKeys: true, isJson: false }, SURROUNDINGS);

  expect(text).toContain('keys: auth-secret');
  expect(await readFile(path.join(places[1], 'auth-secret'), 'utf8')).toBe('of the sessions\n');
  await withDatabase(of(places[1]), { isAlone: true, ...release }, async (urls) => {
    expect(await ask(urls, 'SELECT name FROM teams')).toEqual([{ name: 'Embedded' }]);
    const second = runBackup({ name: 'restore', backup: undefined, hasKeys: true, isJson: false }, SURROUNDINGS);
    await expect(second).rejects.toThrow('already runs on');
  });
  for (const place of places) removeProductData(place);
  await rm(directory, { recursive: true, force: true });
}, 180_000);

async function ask({ ownerUrl }: DatabaseUrls, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: ownerUrl, options: '-c elder.team_ids=*' });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
