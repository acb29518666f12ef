import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { logger } from '@/lib/logger';
import { PostponedJobError } from '@/lib/queues/backend';
import { createActiveJobs } from './active-jobs';
import { createLoneJobRunner } from './run-lone-job';

test('a job that fails because its worker stops is postponed, so that no try is counted', async () => {
  const active = createActiveJobs();
  const runner = createLoneJobRunner({ worker: 'one', active, log: logger() });
  const job = { id: '1', data: { deliveryId: randomUUID() }, tries: 12, addedAt: new Date(), traceparent: null };

  // There is no database: it would fail anyway.
  const running = runner.runQueued({ ...job, name: 'webhook.process' });
  active.stopAll();

  const error = await running.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(PostponedJobError);
  expect(error).toMatchObject({ delayMs: 1_000 });
});
