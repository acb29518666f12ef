import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { closeDb } from '@/lib/db/client';
import { databaseUrl, env, type WorkerKind } from '@/lib/env';
import { createBlobPool } from '@/lib/facts/code/blob-pool';
import { cleanMirrors } from '@/lib/git/mirror';
import { logger } from '@/lib/logger';
import { openQueues } from '@/lib/queues/backend';
import { JOBS } from '@/lib/queues/catalog';
import { closePublisher } from '@/lib/realtime/publish';
import { mirrorsDir } from '@/lib/services/repositories';
import { removeWorker, reportWorker } from '@/lib/services/worker-processes';
import { createActiveJobs } from './active-jobs';
import { createAnnouncer } from './announcer';
import { createJobRunner } from './run-job';
import { startUpkeep } from './upkeep';

/** Jobs in hand get this long to end by themselves; then they are handed back. */
const DRAIN_MS = 10_000;
const VERSION = '0.1.0';

const { WORKER_KINDS: kinds, WORKER_CONCURRENCY: concurrency, REDIS_URL: redisUrl } = env();
const id = `${hostname()}-${process.pid}-${randomUUID().slice(0, 4)}`;
const log = logger().child({ worker: id });
const identity = { id, host: hostname(), pid: process.pid, version: VERSION, kinds };

async function start(): Promise<() => Promise<void>> {
  const queues = await openQueues({ databaseUrl: databaseUrl(), redisUrl, log });
  await reportWorker({ ...identity, jobs: [], rssBytes: process.memoryUsage.rss() });
  await cleanMirrors(mirrorsDir());
  const active = createActiveJobs();
  const pool = createBlobPool();
  const announcer = createAnnouncer(log);
  const runner = createJobRunner({ worker: id, active, pool, announcer, log });
  const upkeep = startUpkeep({ identity, active, queues, isMaintainer: kinds.includes('maintain'), log });
  const consumers = await Promise.all(
    kindsWithJobs().map((kind) =>
      queues.consume(kind, { concurrency, run: runner.runQueued, onGivenUp: runner.giveUp }),
    ),
  );
  log.info({ kinds, concurrency, queue: queues.name }, 'worker is ready');

  return async () => {
    const drained = Promise.all(consumers.map((consumer) => consumer.close()));
    await Promise.race([drained, wait(DRAIN_MS, undefined, { ref: false })]);
    active.stopAll();
    await drained;
    await upkeep[Symbol.asyncDispose]();
    await announcer[Symbol.asyncDispose]();
    await removeWorker(id);
    await pool.close();
    await queues[Symbol.asyncDispose]();
    await closePublisher();
    await closeDb();
  };
}

function kindsWithJobs(): WorkerKind[] {
  const used = new Set<WorkerKind>(Object.values(JOBS).map(({ kind }) => kind));
  return kinds.filter((kind) => used.has(kind));
}

try {
  const stop = await start();
  let isStopping = false;
  const shutDown = (reason: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ reason }, 'worker stops');
    stop().then(
      () => process.disconnect?.(),
      (err: unknown) => {
        log.error({ err }, 'worker did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => shutDown('SIGTERM'));
  process.once('SIGINT', () => shutDown('SIGINT'));
  // The supervisor is gone: nobody would start or stop this process any more.
  process.once('disconnect', () => shutDown('supervisor gone'));
  process.send?.('ready');
} catch (err) {
  log.error({ err }, 'worker could not start');
  process.exitCode = 1;
}
