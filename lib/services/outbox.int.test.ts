import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { logger } from '@/lib/logger';
import { openQueues, type QueueBackend, type QueuedJob } from '@/lib/queues/backend';
import { enqueue } from '@/lib/queues/enqueue';
import { redisUrl, type TestDatabase, testDatabase } from '@/tests/support/database';
import { relayOutbox } from './outbox';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const backends = [{ name: 'postgres', redis: null }, ...(redisUrl() ? [{ name: 'redis', redis: redisUrl() }] : [])];

describe.each(backends)('the outbox over $name', ({ redis }) => {
  const opened: QueueBackend[] = [];

  afterEach(async () => {
    for (const queues of opened.splice(0)) await queues[Symbol.asyncDispose]();
  });

  async function open(prefix: string = randomUUID()): Promise<QueueBackend> {
    const options = { databaseUrl: database.url, redisUrl: redis ?? undefined, prefix, log: logger() };
    const queues = await openQueues(options);
    opened.push(queues);
    return queues;
  }

  test('drops the jobs of a transaction that did not commit', async () => {
    const queues = await open();

    const failing = db().$transaction(async (tx) => {
      await enqueueJudge(tx, randomUUID());
      throw new Error('no');
    });

    await expect(failing).rejects.toThrow('no');
    expect(await relayOutbox(queues)).toBe(0);
  });

  test('brings each job once, however many processes relay', async () => {
    const prefix = randomUUID();
    const relays = await Promise.all([open(prefix), open(prefix), open(prefix)]);
    const ids = await enqueueMany(450);

    const moved = await Promise.all(relays.map((queues) => relayOutbox(queues)));

    expect(moved.reduce((sum, count) => sum + count, 0)).toBe(450);
    expect(await db().outboxJob.count()).toBe(0);
    const queues = await open(prefix);
    expect((await consumeAll(queues, 450)).sort()).toEqual(ids.sort());
  });

  test('gives a sign of life with each batch of a full outbox', async () => {
    await enqueueMany(450);
    const seen: string[] = [];
    const queues: QueueBackend = {
      ...(await open()),
      add: async () => {
        seen.push('batch');
      },
    };

    await relayOutbox(queues, () => seen.push('turn'));

    expect(seen).toEqual(['turn', 'batch', 'turn', 'batch', 'turn', 'batch']);
  });

  test('loses and doubles nothing when a relay dies after the queue took the jobs', async () => {
    const queues = await open();
    const ids = await enqueueMany(20);
    const dying: QueueBackend = {
      ...queues,
      add: async (kind, jobs) => {
        await queues.add(kind, jobs);
        throw new Error('killed');
      },
    };

    await expect(relayOutbox(dying)).rejects.toThrow('killed');
    await relayOutbox(queues);

    expect((await consumeAll(queues, 20)).sort()).toEqual(ids.sort());
  });

  test('leaves jobs of a newer release to its relay', async () => {
    const queues = await open();
    const row = (name: string, payload: object) => ({ name, payload, options: { jobId: randomUUID() } });
    await db().outboxJob.createMany({
      data: [row('webhook.process', { deliveryId: randomUUID(), version: 2 }), row('later.job', {})],
    });
    const [id] = await enqueueMany(1);

    expect(await relayOutbox(queues)).toBe(1);

    expect(await consumeAll(queues, 1)).toEqual([id]);
    expect(await db().outboxJob.count()).toBe(2);
    await db().outboxJob.deleteMany();
  });

  test('lets the job of the lower rank go first', async () => {
    const queues = await open();
    const [late, early, first] = [randomUUID(), randomUUID(), randomUUID()];
    await db().$transaction(async (tx) => {
      await enqueueJudge(tx, late, 40);
      await enqueueJudge(tx, early, 4);
      await enqueueJudge(tx, first, 1);
    });

    await relayOutbox(queues);

    expect(await consumeAll(queues, 3)).toEqual([first, early, late]);
  });
});

type Tx = Parameters<typeof enqueue>[0];

function enqueueJudge(tx: Tx, auditId: string, priority = 0): Promise<void> {
  return enqueue(tx, 'audit.judge', { auditId, attempt: 1, magicId: 'git' }, { jobId: `judge.${auditId}`, priority });
}

async function enqueueMany(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await db().$transaction(async (tx) => {
    for (const id of ids) await enqueueJudge(tx, id);
  });
  return ids;
}

/** Takes jobs until there were `count`, and then a moment more for any that should not be. */
async function consumeAll(queues: QueueBackend, count: number): Promise<string[]> {
  const seen: string[] = [];
  const consumer = await queues.consume('judge', {
    concurrency: 1,
    run: async ({ data }: QueuedJob) => {
      seen.push((data as { auditId: string }).auditId);
    },
    onGivenUp: async () => undefined,
  });
  while (seen.length < count) await wait(20);
  await wait(100);
  await consumer.close();
  return seen;
}
