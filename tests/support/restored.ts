import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { createMigrating } from '@/bin/backup/migrating';
import type { RestoreOptions } from '@/lib/backup/restore-backup';
import { type Env, loadEnv } from '@/lib/env';
import { openDirectoryStore } from '@/lib/objects/directory-store';
import { copyTemplate, databaseName, dropDatabase } from './postgres';

export interface EmptyInstance extends AsyncDisposable {
  url: string;
  ownerUrl: string;
  dataDirectory: string;
  settings: Env;
  /** All that a restore needs to know of where it restores to. */
  target: Pick<RestoreOptions, 'ownerUrl' | 'migrating' | 'objects' | 'settings'>;
}

/** A data directory without a file, and a database without a row, migrated, or without a table. */
export async function emptyInstance({ isMigrated }: { isMigrated: boolean }): Promise<EmptyInstance> {
  const access = inject('postgres');
  const template = isMigrated ? access.template : 'template0';
  const { url, ownerUrl } = await copyTemplate({ ...access, template });
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'elder-restored-'));
  const settings = loadEnv({ ELDER_DATA_DIR: dataDirectory, DATABASE_URL: url });
  const migrationsDirectory = path.resolve('prisma/migrations');
  return {
    url,
    ownerUrl,
    dataDirectory,
    settings,
    target: {
      ownerUrl,
      settings,
      migrating: createMigrating({ ownerUrl, applicationUrl: url, role: undefined, migrationsDirectory }),
      objects: openDirectoryStore(path.join(dataDirectory, 'objects')),
    },
    async [Symbol.asyncDispose]() {
      await dropDatabase(access.adminUrl, databaseName(url));
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** Count and digest of all rows of each table, as PostgreSQL itself computes them, to whoever sees all. */
export async function tableDigests(url: string): Promise<Record<string, string>> {
  const admin = new URL(inject('postgres').adminUrl);
  admin.pathname = new URL(url).pathname;
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
    );
    const digests: Record<string, string> = {};
    for (const { name } of rows) {
      const { rows: found } = await client.query<{ digest: string }>(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(t, E'\\n' ORDER BY t COLLATE "C")), '') AS digest
         FROM (SELECT x::text AS t FROM ${pg.escapeIdentifier(name)} x) rows`,
      );
      digests[name] = found[0]?.digest ?? '';
    }
    return digests;
  } finally {
    await client.end();
  }
}
