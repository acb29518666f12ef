import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { pool } from '@/lib/db/client';
import type { WorkerKind } from '@/lib/env';
import { createBlobPool } from '@/lib/facts/code/blob-pool';
import { cleanMirrors } from '@/lib/git/mirror';
import type { Logger } from '@/lib/logger';
import { FinalJobError, openQueues, type QueuedJob } from '@/lib/queues/backend';
import { JOBS } from '@/lib/queues/catalog';
import { assertReadable } from '@/lib/queues/versions';
import { workerSlots } from '@/lib/services/process-metrics';
import { mirrorsDir } from '@/lib/services/repositories';
import { setUnreadableAside } from '@/lib/services/unreadable-jobs';
import { hasNeighbour, removeWorker, reportWorker } from '@/lib/services/worker-processes';
import { continueTrace, inSpan } from '@/lib/tracing/spans';
import packageJson from '@/package.json' with { type: 'json' };
import { createActiveJobs } from './active-jobs';
import { createAnnouncer } from './announcer';
import { createJobRunner } from './run-job';
import { createLoneJobRunner, isLoneJob } from './run-lone-job';
import { startUpkeep } from './upkeep';
import { createWorkerHealth } from './worker-health';
import { startWorkerServers, type WorkerServers } from './worker-servers';

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
  /** Where it answers how it is; `/live` and `/ready` on one port, `/metrics` on the other. */
  servers?: { host: string; healthPort?: number | undefined; metricsPort?: number | undefined };
}

export interface RunningWorker {
  id: string;
  ports: WorkerServers['ports'];
  stop: () => Promise<void>;
}

/** Takes jobs of these kinds from the queue until it is stopped. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { databaseUrl, redisUrl, kinds, concurrency, drainMs = 10_000 } = options;
  const id = `${hostname()}-${process.pid}-${randomUUID().slice(0, 4)}`;
  const log = options.log.child({ worker: id });
  const identity = { id, host: hostname(), pid: process.pid, version: packageJson.version, kinds };
  const queues = await openQueues({ databaseUrl, redisUrl, prefix: options.queuePrefix, log });
  const health = createWorkerHealth({
    needs: {
      database: () =>
        pool()
          .query('select 1')
          .then(() => undefined),
      queue: queues.ping,
    },
  });
  const { host = '127.0.0.1', healthPort, metricsPort } = options.servers ?? {};
  const servers = await startWorkerServers(health, { host, healthPort, metricsPort, log });
  const idle = { cpuCores: null, loopLagMs: null, isDraining: false };
  await reportWorker({ ...identity, ...idle, concurrency, jobs: [], rssBytes: process.memoryUsage.rss() });
  if (!(await hasNeighbour(identity))) await cleanMirrors(mirrorsDir());
  const active = createActiveJobs();
  const blobs = createBlobPool();
  const announcer = createAnnouncer(log);
  const auditJobs = createJobRunner({ worker: id, active, pool: blobs, announcer, log });
  const loneJobs = createLoneJobRunner({ worker: id, active, log });
  const runnerOf = ({ name }: QueuedJob) => (isLoneJob(name) ? loneJobs : auditJobs);
  const isMaintainer = kinds.includes('maintain');
  const upkeep = startUpkeep({ identity, active, queues, health, concurrency, isMaintainer, log });
  const used = new Set<WorkerKind>(Object.values(JOBS).map(({ kind }) => kind));
  for (const kind of kinds) workerSlots.set({ kind }, concurrency);
  const consumers = await Promise.all(
    kinds
      .filter((kind) => used.has(kind))
      .map((kind) =>
        queues.consume(kind, {
          concurrency,
          run: async (job) => {
            await requireReadable(job, id);
            await traced(job, () => runnerOf(job).runQueued(job));
          },
          onGivenUp: (job) => runnerOf(job).giveUp(job),
        }),
      ),
  );
  log.info({ kinds, concurrency, queue: queues.name }, 'worker is ready');

  return {
    id,
    ports: servers.ports,
    stop: async () => {
      health.drain();
      const drained = Promise.all(consumers.map((consumer) => consumer.close()));
      await Promise.race([drained, wait(drainMs, undefined, { ref: false })]);
      active.stopAll();
      await drained;
      await upkeep[Symbol.asyncDispose]();
      await announcer[Symbol.asyncDispose]();
      await removeWorker(id);
      await blobs.close();
      await queues[Symbol.asyncDispose]();
      await servers[Symbol.asyncDispose]();
    },
  };
}

/** Throws as `assertReadable` does, and keeps what will never be run. */
async function requireReadable(job: QueuedJob, worker: string): Promise<void> {
  try {
    assertReadable(job);
  } catch (error) {
    const { name, data: payload, tries } = job;
    if (error instanceof FinalJobError) await setUnreadableAside({ name, payload, tries, worker });
    throw error;
  }
}

/** Jobs are parts of what asked for them. */
function traced({ name, data, tries, traceparent }: QueuedJob, run: () => Promise<void>): Promise<void> {
  const known = name in JOBS ? name : 'unknown';
  const attributes = { 'elder.job': known, 'elder.tries': tries, ...idsIn(data) };
  return continueTrace(traceparent, () => inSpan(known, { attributes, kind: 'consumer' }, run));
}

/** Of the payload, as attributes. */
function idsIn(data: unknown): Record<string, string> {
  const ids = z.object({ auditId: z.uuid(), deliveryId: z.uuid(), projectId: z.uuid() }).partial().safeParse(data).data;
  return Object.fromEntries(
    Object.entries(ids ?? {}).flatMap(([name, id]) => (id === undefined ? [] : [[ATTRIBUTES[name] ?? name, id]])),
  );
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  auditId: 'elder.audit.id',
  deliveryId: 'elder.delivery.id',
  projectId: 'elder.project.id',
};
