import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';
import { actAsSystem } from '@/lib/auth/tenants';
import { copyTemplate, databaseName, dropDatabase } from './postgres';

export interface TestDatabase extends AsyncDisposable {
  /** Of the role that the web and the workers are. */
  url: string;
  /** Of who migrates: for what a test does to a database that the product could not. */
  ownerUrl: string;
}

/**
 * A migrated database of one's own, which `db()` of this test file uses from now on. Call it in `beforeAll`, before the
 * first query, and dispose it in `afterAll` after `closeDb()`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const access = inject('postgres');
  const { url, ownerUrl } = await copyTemplate(access);
  process.env.DATABASE_URL = url;
  // What a test looks at by itself; requests that it makes see what they may.
  actAsSystem();
  // Settling an audit makes a key there.
  const dataDir = process.env.ELDER_DATA_DIR ?? (await mkdtemp(path.join(tmpdir(), 'elder-data-')));
  const isOwn = process.env.ELDER_DATA_DIR === undefined;
  process.env.ELDER_DATA_DIR = dataDir;
  return {
    url,
    ownerUrl,
    [Symbol.asyncDispose]: async () => {
      await dropDatabase(access.adminUrl, databaseName(url));
      if (isOwn) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The Redis of this run, or null where none is installed: `describe.runIf(redisUrl())`. */
export function redisUrl(): string | null {
  return inject('redisUrl');
}
