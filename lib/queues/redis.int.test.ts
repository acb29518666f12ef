import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logger } from '@/lib/logger';
import { findFreePort } from '@/scripts/postgres/ports';
import { redisUrl } from '@/tests/support/database';
import { startRedis, type TestRedis } from '@/tests/support/redis';
import { checkRedis } from './redis';

describe.runIf(redisUrl())('the Redis of REDIS_URL', () => {
  let redis: TestRedis | null;
  let admin: Redis;

  beforeAll(async () => {
    // Its own server: other tests use the shared one at the same time.
    delete process.env.REDIS_URL;
    redis = await startRedis();
    admin = new Redis(redis?.url ?? '');
  });

  afterAll(async () => {
    await admin.quit();
    await redis?.[Symbol.asyncDispose]();
  });

  const check = (url = redis?.url ?? '') => checkRedis(url, logger());

  test('is taken when it answers and keeps what it holds', async () => {
    await expect(check()).resolves.toBeUndefined();
  });

  test('is refused when nothing answers', async () => {
    const port = await findFreePort();

    await expect(check(`redis://127.0.0.1:${port}`)).rejects.toThrow('No Redis answers at REDIS_URL.');
  });

  test('is refused without the password it asks for', async () => {
    await admin.config('SET', 'requirepass', 'open sesame');

    const url = redis?.url.replace('redis://', 'redis://:wrong@') ?? '';

    await expect(check()).rejects.toThrow('Redis refuses the user or the password of REDIS_URL.');
    await expect(check(url)).rejects.toThrow('Redis refuses the user or the password of REDIS_URL.');
    await admin.config('SET', 'requirepass', '');
  });

  test('is refused when it may evict jobs', async () => {
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');

    await expect(check()).rejects.toThrow('set maxmemory-policy to noeviction');
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
  });
});
