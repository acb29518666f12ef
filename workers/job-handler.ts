import type { BlobPool } from '@/lib/facts/code/blob-pool';
import type { Logger } from '@/lib/logger';
import type { JobName, JobPayload } from '@/lib/queues/catalog';
import type { JobRef } from '@/lib/services/audit-flow';

export interface JobContext {
  ref: JobRef;
  /** Fires when the audit ends, the job's time is over, or the worker stops. */
  signal: AbortSignal;
  log: Logger;
  pool: BlobPool;
  /** Says what was done so far; written now and then. */
  report: (counts: Record<string, number>) => void;
  /** Runs a job this worker already holds, in place. */
  runHeld: (ref: JobRef) => Promise<void>;
  worker: string;
}

/** Runs a job that this worker holds. May run twice, on two workers. */
export type JobHandler<Name extends JobName> = (payload: JobPayload<Name>, context: JobContext) => Promise<void>;
export type JobHandlers = { [Name in JobName]: JobHandler<Name> };
