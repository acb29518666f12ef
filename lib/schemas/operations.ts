import * as z from 'zod';
import { Instant } from './common';
import { WORKER_KINDS } from './worker-kinds';

export const QueueView = z.object({
  kind: z.enum(WORKER_KINDS),
  waiting: z.number().int(),
  /** Not to run before a time of their own. */
  delayed: z.number().int(),
  running: z.number().int(),
  /** How long the job waits that waits longest; null when none does. */
  oldestSeconds: z.number().nullable(),
  measuredAt: Instant,
  /** Whether a worker looked within a minute: else nobody knows how full it is. */
  isFresh: z.boolean(),
  /** Workers that take its jobs. */
  workers: z.number().int(),
});
export type QueueView = z.infer<typeof QueueView>;

export const WorkerView = z.object({
  workerId: z.string(),
  host: z.string(),
  pid: z.number().int(),
  version: z.string(),
  kinds: z.array(z.string()),
  startedAt: Instant,
  lastSeenAt: Instant,
  silentSeconds: z.number().describe('Since its last report, by the clock of the database'),
  isDraining: z.boolean().describe('It takes no further job'),
  concurrency: z.number().int().nullable().describe('Jobs of each kind it runs at a time; null: it did not say'),
  cpuCores: z.number().nullable().describe('Cores it used between its last two reports'),
  loopLagMs: z.number().nullable().describe('The longest that its event loop stood still between them'),
  rssBytes: z.number().nullable(),
  jobs: z.array(z.object({ name: z.string(), startedAt: Instant })),
});
export type WorkerView = z.infer<typeof WorkerView>;

const Span = z.object({ hour: z.number().int(), day: z.number().int() });

export const StageView = z.object({
  stage: z.string(),
  done: Span,
  failed: Span,
  /** Of the last day, in seconds; null when none ended well. */
  halfSeconds: z.number().nullable(),
  mostSeconds: z.number().nullable(),
});
export type StageView = z.infer<typeof StageView>;

export const FailedJobView = z.object({
  jobId: z.uuid(),
  name: z.string().describe('Kind of job'),
  errorCode: z.string(),
  tries: z.number().int().describe('Of the last run'),
  times: z.number().int().describe('Runs that were given up'),
  worker: z.string().nullable(),
  firstAt: Instant,
  lastAt: Instant,
  auditId: z.uuid().nullable().describe('Told where the asker is in the team'),
  auditNumber: z.number().int().nullable(),
  projectId: z.uuid().nullable(),
  projectName: z.string().nullable(),
});
export type FailedJobView = z.infer<typeof FailedJobView>;

/** Where an audit that is judged again can differ: what a magic says, what was kept of it, or which parts it is made of. */
export const RecheckPart = z.enum(['result', 'stored', 'counts', 'magics', 'shards']);
export type RecheckPart = z.infer<typeof RecheckPart>;

export const DifferentAuditView = z.object({
  checkedAt: Instant,
  parts: z.array(RecheckPart),
  magics: z.array(z.string()).describe('Whose results differ'),
  auditId: z.uuid().nullable().describe('Told where the asker is in the team'),
  auditNumber: z.number().int().nullable(),
  projectId: z.uuid().nullable(),
  projectName: z.string().nullable(),
});
export type DifferentAuditView = z.infer<typeof DifferentAuditView>;

export const RechecksView = z.object({
  percent: z.number().describe('Share of audits that is judged a second time: `RECHECK_PERCENT`'),
  waiting: z.number().int(),
  /** Of the last day. */
  day: z.object({ same: z.number().int(), different: z.number().int(), skipped: z.number().int() }),
  different: z
    .object({ items: z.array(DifferentAuditView), count: z.number().int() })
    .describe('Of all audits there are, the newest first'),
});
export type RechecksView = z.infer<typeof RechecksView>;

export const StoresView = z.object({
  database: z.object({ sizeBytes: z.number(), connections: z.number().int(), mostConnections: z.number().int() }),
  queue: z.enum(['postgres', 'redis']).describe('What carries jobs and events'),
  /** Of the web process that answers; null where it cannot be told. */
  disk: z.object({ sizeBytes: z.number(), freeBytes: z.number() }).nullable(),
});
export type StoresView = z.infer<typeof StoresView>;

/** GET /operations */
export const OperationsView = z.object({
  at: Instant,
  version: z.string().describe('Of the web process that answers'),
  queues: z.array(QueueView).describe('Those that no worker ever measured are missing'),
  workers: z.array(WorkerView),
  audits: z.array(z.object({ status: z.string(), ended: Span })).describe('That ended in the last hour and day'),
  stages: z.array(StageView),
  failures: z
    .array(z.object({ stage: z.string(), errorCode: z.string(), count: z.number().int(), lastAt: Instant }))
    .describe('Jobs of audits that failed in the last day, by cause, the most frequent first'),
  setAside: z
    .object({ items: z.array(FailedJobView), count: z.number().int() })
    .describe('Given up, and not run again'),
  rechecks: RechecksView,
  stores: StoresView,
});
export type OperationsView = z.infer<typeof OperationsView>;

export const FailedJobParams = z.object({ jobId: z.uuid().describe('From `setAside` of the operations') });
export const RetryAnswer = z.object({ jobId: z.uuid() });
