import type { Tx } from '@/lib/db/client';
import type { BlobPool } from '@/lib/facts/code/blob-pool';
import type { Logger } from '@/lib/logger';
import type { AuditJobName, JobPayload, LoneJobName } from '@/lib/queues/catalog';
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
export type JobHandler<Name extends AuditJobName> = (payload: JobPayload<Name>, context: JobContext) => Promise<void>;
export type JobHandlers = { [Name in AuditJobName]: JobHandler<Name> };

export interface LoneJobContext {
  /** Fires when the job's time is over or the worker stops. */
  signal: AbortSignal;
  log: Logger;
  /** Tries so far, this one included. */
  tries: number;
}

/** A job that belongs to no audit. Its own tables hold what came of it, so that a repeat finds it done. */
export interface LoneJob<Name extends LoneJobName> {
  /** May run twice, on two workers. What it throws is tried again unless it can only end the same way. */
  run: (payload: JobPayload<Name>, context: LoneJobContext) => Promise<void>;
  /** The last try failed. Gives what to tell once that is kept. */
  giveUp: (
    tx: Tx,
    payload: JobPayload<Name>,
    context: { errorCode: string; log: Logger },
  ) => Promise<(() => void) | null>;
}
export type LoneJobs = { [Name in LoneJobName]: LoneJob<Name> };
