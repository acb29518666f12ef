import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logger } from '@/lib/logger';
import { redisUrl, type TestDatabase, testDatabase } from '@/tests/support/database';
import { startRedis } from '@/tests/support/redis';
import { FinalJobError, openQueues, PostponedJobError } from './backend';
import { assertReadable } from './versions';

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

const backends = [
  { name: 'postgres', redis: undefined },
  ...(redisUrl() ? [{ name: 'redis', redis: redisUrl() }] : []),
];

test.each(backends)(
  'over $name a job that an old worker leaves comes to a new one, and no try is lost',
  async ({ redis }) => {
    const prefix = `postponed-${process.pid}`;
    await using queues = await openQueues({
      databaseUrl: database.url,
      redisUrl: redis ?? undefined,
      prefix,
      log: logger(),
    });
    const data = { deliveryId: 'x', version: 2 };
    await queues.add('deliver', [{ name: 'webhook.process', data, options: { jobId: 'newer' } }]);
    let left = 0;
    const old = await queues.consume('deliver', {
      concurrency: 1,
      run: async (job) => {
        left += 1;
        assertReadable(job);
      },
      onGivenUp: async () => undefined,
    });
    while (left === 0) await wait(20);
    await old.close();
    expect(await queues.findHeld('deliver', ['newer'])).toEqual(new Set(['newer']));

    const taken: unknown[] = [];
    const newer = await queues.consume('deliver', {
      concurrency: 1,
      run: async ({ data, tries }) => {
        taken.push({ data, tries });
      },
      onGivenUp: async () => undefined,
    });
    while (taken.length === 0) await wait(20);
    await newer.close();

    expect(taken).toEqual([{ data, tries: 1 }]);
  },
);

test('a job that is postponed comes back as soon as was said, and no try is counted', async () => {
  await using queues = await openQueues({ databaseUrl: database.url, log: logger() });
  await queues.add('deliver', [{ name: 'webhook.process', data: {}, options: { jobId: 'handed-back' } }]);
  const taken: number[] = [];

  const consumer = await queues.consume('deliver', {
    concurrency: 1,
    run: async ({ tries }) => {
      taken.push(tries);
      if (taken.length < 4) throw new PostponedJobError('the worker stops', 10);
    },
    onGivenUp: async () => undefined,
  });
  while (taken.length < 4) await wait(20);
  await consumer.close();

  expect(taken).toEqual([1, 1, 1, 1]);
});

test('what is of another release is left alone for a day, and then given up', () => {
  const addedAt = new Date();
  const day = new Date(addedAt.getTime() + 25 * 3_600_000);
  const job = (name: string, data: unknown) => ({ id: '1', name, data, addedAt });

  expect(() => assertReadable(job('webhook.process', { deliveryId: 'x' }))).not.toThrow();
  expect(() => assertReadable(job('webhook.process', 'no payload'))).not.toThrow();
  for (const other of [job('webhook.process', { version: 2 }), job('later.job', {}), job('toString', {})]) {
    expect(() => assertReadable(other)).toThrow(PostponedJobError);
    expect(() => assertReadable(other, day)).toThrow(FinalJobError);
  }
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
