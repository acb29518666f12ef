import { setMaxListeners } from 'node:events';
import { isAppError, isRetryable } from '@/lib/errors';
import type { BlobPool } from '@/lib/facts/code/blob-pool';
import type { Logger } from '@/lib/logger';
import type { MagicId } from '@/lib/magics/types';
import { FinalJobError, type QueuedJob } from '@/lib/queues/backend';
import { type AuditJobName, JOBS, type JobPayload } from '@/lib/queues/catalog';
import type { Stage } from '@/lib/schemas/audits';
import type { JobRef } from '@/lib/services/audit-flow';
import { beginJob, handBackJob, reportCounts, retryJob } from '@/lib/services/audit-jobs';
import { giveUpJob } from '@/lib/services/job-failure';
import { countJob } from '@/lib/services/process-metrics';
import type { ActiveJobs } from './active-jobs';
import type { Announcer } from './announcer';
import { TimeLimitError } from './bounded';
import { handlers } from './handlers';
import type { JobHandler } from './job-handler';

/** Runs jobs of audits. */
export interface JobRunner {
  /** Runs what the queue brought. Throws only when the database is out of reach: the queue then tries again. */
  runQueued: (job: QueuedJob) => Promise<void>;
  giveUp: (job: QueuedJob) => Promise<void>;
}

interface RunnerParts {
  worker: string;
  active: ActiveJobs;
  pool: BlobPool;
  announcer: Announcer;
  log: Logger;
}

const BACKOFF_MS = 1_000;
const REPORT_EVERY_MS = 500;

export function createJobRunner({ worker, active, pool, announcer, log }: RunnerParts): JobRunner {
  async function runHeld(ref: JobRef, tries: number): Promise<void> {
    const name: AuditJobName = `audit.${ref.stage}`;
    const { attempts, timeoutMs } = JOBS[name];
    const jobLog = log.child({ auditId: ref.auditId, job: name, key: ref.key, tries });
    if (tries > attempts) {
      jobLog.error('job ended its worker too often');
      await giveUp(ref, 'crashed', tries - 1);
      return announce(ref);
    }
    using job = active.add(name, ref);
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([job.signal, timeout]);
    // Each blob and Git process in flight listens to it.
    setMaxListeners(0, signal);
    announce(ref);
    const startedAt = performance.now();
    try {
      const context = {
        ref,
        signal,
        pool,
        worker,
        log: jobLog,
        report: throttledReport(ref),
        runHeld: (held: JobRef) => runHeld(held, 1),
      };
      await (handlers[name] as JobHandler<AuditJobName>)(payloadOf(ref), context);
      countJob(name, 'done', startedAt);
      jobLog.info({ durationMs: Math.round(performance.now() - startedAt) }, 'job done');
    } catch (error) {
      if (job.signal.reason === 'audit-ended') {
        countJob(name, 'stopped', startedAt);
        return jobLog.info('job stopped with its audit');
      }
      if (job.signal.reason === 'shutdown') {
        countJob(name, 'handed_back', startedAt);
        await handBackJob(ref);
        return jobLog.info('job handed back');
      }
      await settleFailure(error, timeout.aborted || error instanceof TimeLimitError);
    }
    announce(ref);

    async function settleFailure(err: unknown, isTimeout: boolean): Promise<void> {
      const code = isTimeout ? 'timeout' : isAppError(err) ? err.code : 'internal';
      if (!isTimeout && isRetryable(err) && tries < attempts) {
        countJob(name, 'retried', startedAt);
        jobLog.warn({ err, code }, 'job failed and is tried again');
        await retryJob(ref, code, BACKOFF_MS * 2 ** (tries - 1) * (0.5 + Math.random()));
      } else {
        countJob(name, 'failed', startedAt);
        jobLog.error({ err, code }, 'job failed');
        await giveUp(ref, code, tries);
      }
    }
  }

  async function giveUp(ref: JobRef, errorCode: string, tries: number): Promise<void> {
    await giveUpJob(ref, errorCode, { payload: payloadOf(ref), tries, worker });
  }

  function announce(ref: JobRef): void {
    announcer.tell(ref.auditId, ref.stage === 'judge' ? (ref.key as MagicId) : undefined);
  }

  function throttledReport(ref: JobRef): (counts: Record<string, number>) => void {
    let last = 0;
    return (counts) => {
      if (Date.now() - last < REPORT_EVERY_MS) return;
      last = Date.now();
      reportCounts(ref, counts).then(
        () => announcer.tell(ref.auditId),
        (err: unknown) => log.warn({ err }, 'progress could not be written'),
      );
    };
  }

  return {
    async runQueued(job) {
      const ref = refOf(job);
      const begun = await beginJob(ref, worker);
      if (begun) await runHeld(ref, begun.tries);
      else log.debug({ auditId: ref.auditId, job: job.name }, 'nothing to do for this job');
    },
    async giveUp(job) {
      const ref = refOf(job);
      log.error({ auditId: ref.auditId, job: job.name }, 'the queue gave a job up');
      await giveUp(ref, 'crashed', job.tries);
      announce(ref);
    },
  };
}

function isAuditJob(name: string): name is AuditJobName {
  return name in JOBS && name.startsWith('audit.');
}

/** What the queue holds was written by this release or another one. */
function refOf({ name, data }: QueuedJob): JobRef {
  const parsed = isAuditJob(name) ? JOBS[name].payload.safeParse(data) : null;
  if (!parsed?.success) throw new FinalJobError(`this release cannot read ${name}`);
  const payload: JobPayload<AuditJobName> = parsed.data;
  const key = 'shard' in payload ? String(payload.shard) : 'magicId' in payload ? String(payload.magicId) : '';
  return { auditId: payload.auditId, attempt: payload.attempt, stage: name.slice('audit.'.length) as Stage, key };
}

function payloadOf({ auditId, attempt, stage, key }: JobRef): JobPayload<AuditJobName> {
  const ref = { auditId, attempt };
  if (stage === 'collect') return { ...ref, shard: Number(key) };
  return stage === 'judge' ? { ...ref, magicId: key as MagicId } : ref;
}
