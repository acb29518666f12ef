import { actAsSystem } from '@/lib/auth/tenants';
import { closeDb } from '@/lib/db/client';
import { env, takeDatabaseRole } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { checkRedis } from '@/lib/queues/redis';
import { bootstrapInstance } from '@/lib/services/bootstrap';
import { databaseRoleWarning } from '@/lib/services/database-role';
import { checkEncryptionKeys } from '@/lib/services/sealed-columns';
import { bringUpToDate } from '../migrations/bring-up-to-date';
import { connectionProblem } from '../postgres/connection-problem';
import { connectionWarning } from '../postgres/connections';
import { diskFull, isDiskFull } from '../postgres/disk';
import { answer } from './errand';

export interface Prepared {
  /** Where the first owner signs up, while there is none. */
  setupPath: string | null;
  /** The role that the web and the workers are to take; null when they are what they sign in as. */
  role: string | null;
  /** What works now and may not under load, or holds less than it could. */
  warnings: string[];
}

actAsSystem();
await answer<Prepared>(async () => {
  const { REDIS_URL } = env();
  try {
    if (REDIS_URL) await checkRedis(REDIS_URL, logger());
    const { role, isTaken } = await bringUpToDate(env());
    const taken = isTaken ? role : null;
    takeDatabaseRole(taken);
    await checkEncryptionKeys();
    const warnings = [await connectionWarning(REDIS_URL !== undefined), await databaseRoleWarning()];
    return { ...(await bootstrapInstance()), role: taken, warnings: warnings.filter((sentence) => sentence !== null) };
  } catch (error) {
    throw explain(error);
  } finally {
    await closeDb();
  }
});

function explain(error: unknown): unknown {
  const causes = [error, error instanceof Error ? error.cause : undefined];
  if (causes.some(isDiskFull)) return diskFull(env().ELDER_DATA_DIR, error);
  const problem = connectionProblem(error);
  return problem ? new AppError('unavailable', problem, { cause: error }) : error;
}
