import path from 'node:path';
import { closeDb } from '@/lib/db/client';
import { databaseUrl, env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { checkRedis } from '@/lib/queues/redis';
import { bootstrapInstance } from '@/lib/services/bootstrap';
import { applyMigrations } from '../migrations/apply';
import { readMigrations } from '../migrations/history';
import { connectionWarning } from '../postgres/connections';
import { diskFull, isDiskFull } from '../postgres/disk';
import { answer } from './errand';

export interface Prepared {
  /** Where the first owner signs up, while there is none. */
  setupPath: string | null;
  /** What works now and may not under load. */
  warning: string | null;
}

const CONNECTION_PROBLEMS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'No PostgreSQL answers at DATABASE_URL.',
  ENOTFOUND: 'The host of DATABASE_URL is unknown.',
  ETIMEDOUT: 'The host of DATABASE_URL does not answer.',
  '28P01': 'PostgreSQL refuses the user or the password of DATABASE_URL.',
  '28000': 'PostgreSQL refuses the user of DATABASE_URL.',
  '3D000': 'The database DATABASE_URL names does not exist.',
  '53300': 'PostgreSQL has no connection left for DATABASE_URL; raise its max_connections.',
  '42501': 'The user of DATABASE_URL may not create tables.',
};

await answer<Prepared>(async () => {
  const { REDIS_URL } = env();
  try {
    if (REDIS_URL) await checkRedis(REDIS_URL, logger());
    await applyMigrations(databaseUrl(), readMigrations(path.resolve('prisma/migrations')));
    const warning = await connectionWarning(REDIS_URL !== undefined);
    return { ...(await bootstrapInstance()), warning };
  } catch (error) {
    throw explain(error);
  } finally {
    await closeDb();
  }
});

function explain(error: unknown): unknown {
  const causes = [error, error instanceof Error ? error.cause : undefined];
  if (causes.some(isDiskFull)) return diskFull(env().ELDER_DATA_DIR, error);
  const codes = causes.map((cause) => (cause as { code?: unknown } | undefined)?.code);
  const problem =
    codes.map((code) => CONNECTION_PROBLEMS[String(code)]).find((sentence) => sentence !== undefined) ??
    causes.map((cause) => wordedProblem(cause)).find((sentence) => sentence !== undefined);
  return problem ? new AppError('unavailable', problem, { cause: error }) : error;
}

/** What the driver tells in words only. */
function wordedProblem(cause: unknown): string | undefined {
  const message = cause instanceof Error ? cause.message : '';
  if (/client password must be a string/.test(message)) return 'PostgreSQL asks for a password; DATABASE_URL has none.';
  if (/does not support SSL/.test(message)) return 'DATABASE_URL asks for TLS, which its PostgreSQL does not offer.';
  return undefined;
}
