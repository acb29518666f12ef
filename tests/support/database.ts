import { inject } from 'vitest';
import { copyTemplate, databaseName, dropDatabase } from './postgres';

export interface TestDatabase extends AsyncDisposable {
  url: string;
}

/**
 * A migrated database of one's own, which `db()` of this test file uses from now on. Call it in `beforeAll`, before the
 * first query, and dispose it in `afterAll` after `closeDb()`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const access = inject('postgres');
  const url = await copyTemplate(access);
  process.env.DATABASE_URL = url;
  return {
    url,
    [Symbol.asyncDispose]: () => dropDatabase(access.adminUrl, databaseName(url)),
  };
}

/** The Redis of this run, or null where none is installed: `describe.runIf(redisUrl())`. */
export function redisUrl(): string | null {
  return inject('redisUrl');
}
