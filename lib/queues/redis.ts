import { Redis } from 'ioredis';
import { AppError } from '@/lib/errors';
import type { Logger } from '@/lib/logger';

const CONNECT_TIMEOUT_MS = 10_000;

const PROBLEMS: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED|ECONNRESET/, 'No Redis answers at REDIS_URL.'],
  [/ENOTFOUND|EAI_AGAIN/, 'The host of REDIS_URL is unknown.'],
  [/ETIMEDOUT|EHOSTUNREACH/, 'The host of REDIS_URL does not answer.'],
  [/NOAUTH|WRONGPASS|ERR AUTH|without any password/, 'Redis refuses the user or the password of REDIS_URL.'],
];

/** Says in a sentence why the Redis of REDIS_URL cannot be used. */
export async function checkRedis(url: string, log: Logger): Promise<void> {
  const connection = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_TIMEOUT_MS,
  });
  // The call itself only says that the connection is closed.
  let reason = '';
  connection.on('error', (error: Error & { code?: string }) => {
    reason = `${error.code ?? ''} ${error.message}`;
  });
  try {
    await connection.connect();
    await connection.ping();
  } catch (cause) {
    const told = `${reason} ${cause instanceof Error ? cause.message : cause}`.trim();
    const sentence = PROBLEMS.find(([pattern]) => pattern.test(told))?.[1];
    connection.disconnect();
    throw new AppError('unavailable', sentence ?? `The Redis of REDIS_URL cannot be used (${told}).`, { cause });
  }
  await requireNoEviction(connection, log);
  connection.disconnect();
}

/** A Redis that evicts keys under memory pressure loses jobs without a word. */
export async function requireNoEviction(connection: Redis, log: Logger): Promise<void> {
  let policy: string | undefined;
  try {
    policy = /maxmemory_policy:(?<policy>\S+)/.exec(await connection.info('memory'))?.groups?.policy;
  } catch (err) {
    log.warn({ err }, 'cannot read the eviction policy of Redis');
    return;
  }
  if (policy && policy !== 'noeviction') {
    connection.disconnect();
    throw new AppError('invalid_settings', `REDIS_URL: set maxmemory-policy to noeviction; it is ${policy}`);
  }
}
