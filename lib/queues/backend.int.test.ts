import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logger } from '@/lib/logger';
import { redisUrl, type TestDatabase, testDatabase } from '@/tests/support/database';
import { startRedis } from '@/tests/support/redis';
import { FinalJobError, openQueues } from './backend';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

test('brings a job back after a passing failure, and not after a final one', async () => {
  await using queues = await openQueues({ databaseUrl: database.url, log: logger() });
  const runs: string[] = [];
  const job = (id: string) => ({ name: 'audit.judge', data: {}, options: { jobId: id, delayMs: 0.4 } });
  await queues.add('judge', [job('passing'), job('final')]);

  const consumer = await queues.consume('judge', {
    concurrency: 1,
    run: async ({ id }) => {
      runs.push(id);
      if (id === 'final') throw new FinalJobError('half a pair: \ud800, and a zero: \u0000');
      if (runs.filter((run) => run === id).length === 1) throw new Error('the database is away');
    },
    onGivenUp: async () => undefined,
  });
  while (runs.filter((run) => run === 'passing').length < 2) await wait(20);
  await consumer.close();

  expect(runs.sort()).toEqual(['final', 'passing', 'passing']);
  expect(await queues.findHeld('judge', ['final', 'passing', 'never'])).toEqual(new Set());
});

test.runIf(redisUrl())('refuses a Redis that may evict jobs', async () => {
  // Its own server: other tests use the shared one at the same time.
  delete process.env.REDIS_URL;
  await using redis = await startRedis();
  const url = redis?.url ?? '';
  const admin = new Redis(url);
  await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
  await admin.quit();

  const opening = openQueues({ databaseUrl: database.url, redisUrl: url, log: logger() });

  await expect(opening).rejects.toMatchObject({ code: 'invalid_settings' });
});
