import {
  createPostgresBackend,
  createRedisBackend,
  type JobsOptions,
  type Queue,
  type Worker,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { WORKER_KINDS, type WorkerKind } from '@/lib/env';
import type { Logger } from '@/lib/logger';
import { cleanText } from './clean-text';
import { requireNoEviction } from './redis';

const LOCK_MS = 30_000;
const STALLED_CHECK_MS = 5_000;
/** Our own count of tries decides; this one only ends what crashes every process that takes it. */
const MAX_STALLED = 8;
const MAX_TRIES = 20;
const BACKOFF_MS = 1_000;
/**
 * The most connections of a worker to PostgreSQL for its queues. Each consumer keeps one of them to listen on; with none
 * left for queries the queue hangs.
 */
export const QUEUE_CONNECTIONS = WORKER_KINDS.length + 8;
const MAX_REASON = 500;

interface BackendSettings {
  databaseUrl: string;
  redisUrl?: string | undefined;
  /** Holds installations that share a Redis apart. */
  prefix?: string | undefined;
  log: Logger;
}

export interface QueuedJob {
  id: string;
  name: string;
  data: unknown;
}

export interface ConsumeOptions {
  concurrency: number;
  /** May run a job twice. A job that throws is tried again later, unless the error says `isFinal`. */
  run: (job: QueuedJob) => Promise<void>;
  /** A job the queue gave up on: it took its process with it too often. */
  onGivenUp: (job: QueuedJob) => Promise<void>;
}

export interface NewJob {
  name: string;
  data: unknown;
  options: { jobId: string; priority?: number | undefined; delayMs?: number | undefined };
}

export interface QueueBackend extends AsyncDisposable {
  name: 'postgres' | 'redis';
  add: (kind: WorkerKind, jobs: readonly NewJob[]) => Promise<void>;
  /** Which of the ids the queue holds, in whatever state. */
  findHeld: (kind: WorkerKind, ids: readonly string[]) => Promise<Set<string>>;
  consume: (kind: WorkerKind, options: ConsumeOptions) => Promise<Consumer>;
}

export interface Consumer {
  /** Takes no further job and waits for those in hand. */
  close: () => Promise<void>;
}

/** The queue stores the words of an error; PostgreSQL would refuse some, and the job stay locked. */
function rethrowClean(error: unknown): never {
  const message = cleanText(error instanceof Error ? error.message : String(error)).slice(0, MAX_REASON);
  throw error instanceof FinalJobError ? new FinalJobError(message) : new Error(message);
}

/** An error after which the queue shall not try again. */
export class FinalJobError extends Error {
  override readonly name = 'UnrecoverableError';
}

export async function openQueues(settings: BackendSettings): Promise<QueueBackend> {
  return settings.redisUrl ? openRedis(settings.redisUrl, settings) : openPostgres(settings.databaseUrl, settings);
}

function openPostgres(connectionString: string, { log }: BackendSettings): QueueBackend {
  const pool = new pg.Pool({
    connectionString,
    application_name: 'elder-queue',
    options: '-c search_path=bullmq',
    keepAlive: true,
    max: QUEUE_CONNECTIONS,
    connectionTimeoutMillis: 10_000,
  });
  const onError = (err: Error) => log.warn({ err }, 'queue connection lost');
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend);
  return backend('postgres', log, {
    openQueue: (kind) => new PostgresQueue(kind, { connection: pool }) as unknown as Queue,
    openWorker: (kind, process, options) =>
      new PostgresWorker(kind, process, { connection: pool, ...options }) as unknown as Worker,
    end: () => pool.end(),
  });
}

async function openRedis(url: string, { prefix = 'elder', log }: BackendSettings): Promise<QueueBackend> {
  const connection = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  connection.on('error', (err) => log.warn({ err }, 'queue connection lost'));
  await connection.connect();
  await requireNoEviction(connection, log);
  const { Queue: RedisQueue, Worker: RedisWorker } = withBackend(createRedisBackend);
  return backend('redis', log, {
    openQueue: (kind) => new RedisQueue(kind, { connection, prefix }) as unknown as Queue,
    openWorker: (kind, process, options) =>
      new RedisWorker(kind, process, { connection, prefix, ...options }) as unknown as Worker,
    end: async () => {
      await connection.quit();
    },
  });
}

interface Driver {
  openQueue: (kind: WorkerKind) => Queue;
  openWorker: (
    kind: WorkerKind,
    process: (job: { id?: string | undefined; name: string; data: unknown }) => Promise<void>,
    options: Record<string, unknown>,
  ) => Worker;
  end: () => Promise<void>;
}

function backend(name: QueueBackend['name'], log: Logger, driver: Driver): QueueBackend {
  const queues = new Map<WorkerKind, Queue>();
  const queueOf = (kind: WorkerKind): Queue => {
    const known = queues.get(kind);
    if (known) return known;
    const queue = driver.openQueue(kind);
    queue.on('error', (err) => log.warn({ err, kind }, 'queue failed'));
    queues.set(kind, queue);
    return queue;
  };
  return {
    name,
    add: async (kind, jobs) => {
      await queueOf(kind).addBulk(jobs.map((job) => ({ name: job.name, data: job.data, opts: jobOptions(job) })));
    },
    findHeld: async (kind, ids) => {
      const found = await Promise.all(ids.map((id) => queueOf(kind).getJob(id)));
      return new Set(ids.filter((_, index) => found[index]));
    },
    consume: (kind, options) => consume(driver, kind, options, log),
    async [Symbol.asyncDispose]() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await driver.end();
    },
  };
}

function jobOptions({ options }: NewJob): JobsOptions {
  return {
    jobId: options.jobId,
    priority: options.priority ?? 0,
    delay: Math.round(options.delayMs ?? 0),
    attempts: MAX_TRIES,
    backoff: { type: 'exponential', delay: BACKOFF_MS, jitter: 0.5 },
    // Keeping a count deadlocks on PostgreSQL; our own tables are the record.
    removeOnComplete: true,
    removeOnFail: true,
    stackTraceLimit: 0,
  };
}

async function consume(
  driver: Driver,
  kind: WorkerKind,
  { concurrency, run, onGivenUp }: ConsumeOptions,
  log: Logger,
): Promise<Consumer> {
  const toJob = (job: { id?: string | undefined; name: string; data: unknown }): QueuedJob => ({
    id: job.id ?? '',
    name: job.name,
    data: job.data,
  });
  const worker = driver.openWorker(kind, (job) => run(toJob(job)).catch(rethrowClean), {
    concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_CHECK_MS,
    maxStalledCount: MAX_STALLED,
    drainDelay: 5,
  });
  worker.on('error', (err) => log.warn({ err, kind }, 'queue consumer failed'));
  worker.on('failed', (job, error) => {
    const isStalled = job !== undefined && /stalled more than allowable limit/.test(error.message);
    if (!isStalled) return;
    onGivenUp(toJob(job)).catch((err: unknown) => log.error({ err, kind }, 'cannot settle a job given up'));
  });
  await worker.waitUntilReady();
  return { close: () => worker.close() };
}
