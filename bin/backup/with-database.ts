import pg from 'pg';
import type { Env } from '@/lib/env';
import { applicationUrl, findRecord, ownerUrl } from '@/scripts/postgres/record';
import { openDataDirectory } from '@/scripts/supervisor/data-directory';
import { startDatabase } from '@/scripts/supervisor/database';

export interface DatabaseUrls {
  ownerUrl: string;
  applicationUrl: string;
}

interface Options {
  /** Whether nothing else may run on the installation meanwhile. */
  isAlone: boolean;
  productVersion: string;
}

/** The database of the settings; else the embedded one, which is started for the while when it does not run. */
export async function withDatabase<Result>(
  env: Env,
  { isAlone, productVersion }: Options,
  run: (urls: DatabaseUrls) => Promise<Result>,
): Promise<Result> {
  if (env.DATABASE_URL) {
    return run({ applicationUrl: env.DATABASE_URL, ownerUrl: env.DATABASE_OWNER_URL ?? env.DATABASE_URL });
  }
  const running = isAlone ? null : await findRunning(env.ELDER_DATA_DIR);
  if (running) return run(running);
  using data = openDataDirectory(env.ELDER_DATA_DIR, productVersion);
  const { kept, ...urls } = await startDatabase(data, () => undefined);
  try {
    return await run(urls);
  } finally {
    await kept.stop((postgres) => postgres.stop());
  }
}

/** The embedded database, when somebody started it. */
export async function findRunning(dataDirectory: string): Promise<DatabaseUrls | null> {
  const record = findRecord(dataDirectory);
  if (!record) return null;
  const urls = { ownerUrl: ownerUrl(record), applicationUrl: applicationUrl(record) };
  const client = new pg.Client({ connectionString: urls.ownerUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return urls;
  } catch (error) {
    // Nobody listens; everything else is a failure to tell.
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return null;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
