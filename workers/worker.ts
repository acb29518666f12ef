import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { WorkerKind } from '@/lib/env';
import { createBlobPool } from '@/lib/facts/code/blob-pool';
import { cleanMirrors } from '@/lib/git/mirror';
import type { Logger } from '@/lib/logger';
import { openQueues } from '@/lib/queues/backend';
import { JOBS } from '@/lib/queues/catalog';
import { mirrorsDir } from '@/lib/services/repositories';
import { hasNeighbour, removeWorker, reportWorker } from '@/lib/services/worker-processes';
import { createActiveJobs } from './active-jobs';
import { createAnnouncer } from './announcer';
import { createJobRunner } from './run-job';
import { startUpkeep } from './upkeep';

interface WorkerOptions {
  databaseUrl: string;
  redisUrl?: string | undefined;
  kinds: readonly WorkerKind[];
  concurrency: number;
  log: Logger;
  /** Holds the queues of tests that share a Redis apart. */
  queuePrefix?: string;
  /** Jobs in hand get this long to end by themselves when the worker stops; then they are handed back. */
  drainMs?: number;
}

export interface RunningWorker {
  id: string;
  stop: () => Promise<void>;
}

const VERSION = '0.1.0';

/** Takes jobs of these kinds from the queue until it is stopped. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { databaseUrl, redisUrl, kinds, concurrency, drainMs = 10_000 } = options;
  const id = `${hostname()}-${process.pid}-${randomUUID().slice(0, 4)}`;
  const log = options.log.child({ worker: id });
  const identity = { id, host: hostname(), pid: process.pid, version: VERSION, kinds };
  const queues = await openQueues({ databaseUrl, redisUrl, prefix: options.queuePrefix, log });
  await reportWorker({ ...identity, jobs: [], rssBytes: process.memoryUsage.rss() });
  if (!(await hasNeighbour(identity))) await cleanMirrors(mirrorsDir());
  const active = createActiveJobs();
  const pool = createBlobPool();
  const announcer = createAnnouncer(log);
  const runner = createJobRunner({ worker: id, active, pool, announcer, log });
  const upkeep = startUpkeep({ identity, active, queues, isMaintainer: kinds.includes('maintain'), log });
  const used = new Set<WorkerKind>(Object.values(JOBS).map(({ kind }) => kind));
  const consumers = await Promise.all(
    kinds
      .filter((kind) => used.has(kind))
      .map((kind) => queues.consume(kind, { concurrency, run: runner.runQueued, onGivenUp: runner.giveUp })),
  );
  log.info({ kinds, concurrency, queue: queues.name }, 'worker is ready');

  return {
    id,
    stop: async () => {
      const drained = Promise.all(consumers.map((consumer) => consumer.close()));
      await Promise.race([drained, wait(drainMs, undefined, { ref: false })]);
      active.stopAll();
      await drained;
      await upkeep[Symbol.asyncDispose]();
      await announcer[Symbol.asyncDispose]();
      await removeWorker(id);
      await pool.close();
      await queues[Symbol.asyncDispose]();
    },
  };
}
