import { pool } from '@/lib/db/client';
import { logger } from '@/lib/logger';

type Check = 'ok' | 'failed';
const TIMEOUT_MS = 2000;

/** What a request needs (a migrated database), tried within two seconds. */
export async function checkReadiness(): Promise<Record<string, Check>> {
  return { database: await probe(() => pool().query('select 1 from projects limit 1')) };
}

async function probe(run: () => Promise<unknown>): Promise<Check> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const late = new Promise<Check>((resolve) => timeout.addEventListener('abort', () => resolve('failed')));
  const tried = run().then(
    (): Check => 'ok',
    (err: unknown): Check => {
      logger().warn({ err }, 'not ready');
      return 'failed';
    },
  );
  return Promise.race([tried, late]);
}
