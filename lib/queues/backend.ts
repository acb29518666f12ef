import {
  createPostgresBackend,
  createRedisBackend,
  DelayedError,
  type JobsOptions,
  type Queue,
  type Worker,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { cleanText } from '@/lib/clean-text';
import { PRODUCT_SESSIONS } from '@/lib/database-sessions';
import { withSetting } from '@/lib/database-url';
import { WORKER_KINDS, type WorkerKind } from '@/lib/env';
import type { Logger } from '@/lib/logger';
import { readTraceparent } from '@/lib/tracing/spans';
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
const POSTPONE_MS = 5_000;

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
  /** Tries the queue counted, this one included. */
  tries: number;
  /** When the queue took it. */
  addedAt: Date;
  /** W3C trace context of what asked for it; null where nothing is traced. */
  traceparent: string | null;
}

/** How full one queue is. */
export interface QueueDepth {
  /** Could run now and does not. */
  waiting: number;
  /** Not to run before a time of their own. */
  delayed: number;
  running: number;
  /** When the job that comes next was added; null when none waits. */
  nextAddedAt: Date | null;
}

export interface ConsumeOptions {
  concurrency: number;
  /** May run a job twice. A job that throws is tried again later, but for a `FinalJobError`; see `PostponedJobError`. */
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
  measure: (kind: WorkerKind) => Promise<QueueDepth>;
  /** Throws when the queue is out of reach. */
  ping: () => Promise<void>;
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

/** A job that this process leaves to another one. It comes back in a while, and no try is counted. */
export class PostponedJobError extends Error {
  override readonly name = 'PostponedJobError';
  readonly delayMs: number;

  constructor(message: string, delayMs = POSTPONE_MS) {
    super(message);
    this.delayMs = delayMs;
  }
}

export async function openQueues(settings: BackendSettings): Promise<QueueBackend> {
  return settings.redisUrl ? openRedis(settings.redisUrl, settings) : openPostgres(settings.databaseUrl, settings);
}

function openPostgres(databaseUrl: string, { log }: BackendSettings): QueueBackend {
  const pool = new pg.Pool({
    connectionString: withSetting(databaseUrl, 'search_path', 'bullmq'),
    application_name: PRODUCT_SESSIONS.queue,
    keepAlive: true,
    max: QUEUE_CONNECTIONS,
    connectionTimeoutMillis: 10_000,
  });
  const onError = (err: Error) => log.warn({ err }, 'queue connection lost');
  pool.on('error', onError);
  // Each queue and each consumer listens as well.
  pool.setMaxListeners(0);
  pool.on('connect', (client) => client.on('error', onError));
  const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend);
  return backend('postgres', log, {
    openQueue: (kind) => new PostgresQueue(kind, { connection: pool }) as unknown as Queue,
    openWorker: (kind, process, options) =>
      new PostgresWorker(kind, process, { connection: pool, ...options }) as unknown as Worker,
    ping: async () => {
      await pool.query('select 1');
    },
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
    ping: async () => {
      await connection.ping();
    },
    end: async () => {
      await connection.quit();
    },
  });
}

interface TakenJob {
  id?: string | undefined;
  name: string;
  data: unknown;
  attemptsMade: number;
  timestamp: number;
  moveToDelayed: (until: number, token?: string) => Promise<void>;
}

interface Driver {
  openQueue: (kind: WorkerKind) => Queue;
  openWorker: (
    kind: WorkerKind,
    process: (job: TakenJob, token?: string) => Promise<void>,
    options: Record<string, unknown>,
  ) => Worker;
  ping: () => Promise<void>;
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
    measure: (kind) => measure(queueOf(kind)),
    ping: driver.ping,
    consume: (kind, options) => consume(driver, kind, options, log),
    async [Symbol.asyncDispose]() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await driver.end();
    },
  };
}

const WAITING = ['waiting', 'prioritized'] as const;

async function measure(queue: Queue): Promise<QueueDepth> {
  const counts = await queue.getJobCounts(...WAITING, 'delayed', 'active');
  const waiting = (counts.waiting ?? 0) + (counts.prioritized ?? 0);
  const first = waiting === 0 ? [] : await queue.getJobs([...WAITING], 0, 0, true);
  // What ends meanwhile is no job any more.
  const times = first.flatMap((job) => (job ? [job.timestamp + (job.opts.delay ?? 0)] : []));
  return {
    waiting,
    delayed: counts.delayed ?? 0,
    running: counts.active ?? 0,
    nextAddedAt: times.length === 0 ? null : new Date(Math.min(...times)),
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
  const toJob = (job: TakenJob): QueuedJob => ({
    id: job.id ?? '',
    name: job.name,
    data: job.data,
    tries: job.attemptsMade + 1,
    addedAt: new Date(job.timestamp),
    traceparent: readTraceparent(job.data),
  });
  const process = async (job: TakenJob, token?: string): Promise<void> => {
    try {
      await run(toJob(job));
    } catch (error) {
      if (!(error instanceof PostponedJobError)) rethrowClean(error);
      await job.moveToDelayed(Date.now() + error.delayMs, token);
      throw new DelayedError();
    }
  };
  const worker = driver.openWorker(kind, process, {
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
