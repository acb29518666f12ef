import { setMaxListeners } from 'node:events';
import { isAppError, isRetryable } from '@/lib/errors';
import type { BlobPool } from '@/lib/facts/code/blob-pool';
import type { Logger } from '@/lib/logger';
import type { MagicId } from '@/lib/magics/types';
import { FinalJobError, type QueuedJob } from '@/lib/queues/backend';
import { JOBS, type JobName, type JobPayload } from '@/lib/queues/catalog';
import type { Stage } from '@/lib/schemas/audits';
import type { JobRef } from '@/lib/services/audit-flow';
import { beginJob, handBackJob, reportCounts, retryJob } from '@/lib/services/audit-jobs';
import { giveUpJob } from '@/lib/services/job-failure';
import type { ActiveJobs } from './active-jobs';
import type { Announcer } from './announcer';
import { TimeLimitError } from './bounded';
import { handlers } from './handlers';
import type { JobHandler } from './job-handler';

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
    const name: JobName = `audit.${ref.stage}`;
    const { attempts, timeoutMs } = JOBS[name];
    const jobLog = log.child({ auditId: ref.auditId, job: name, key: ref.key, tries });
    if (tries > attempts) {
      jobLog.error('job ended its worker too often');
      await giveUpJob(ref, 'crashed');
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
      await (handlers[name] as JobHandler<JobName>)(payloadOf(ref), context);
      jobLog.info({ durationMs: Math.round(performance.now() - startedAt) }, 'job done');
    } catch (error) {
      if (job.signal.reason === 'audit-ended') return jobLog.info('job stopped with its audit');
      if (job.signal.reason === 'shutdown') {
        await handBackJob(ref);
        return jobLog.info('job handed back');
      }
      await settleFailure(error, timeout.aborted || error instanceof TimeLimitError);
    }
    announce(ref);

    async function settleFailure(err: unknown, isTimeout: boolean): Promise<void> {
      const code = isTimeout ? 'timeout' : isAppError(err) ? err.code : 'internal';
      if (!isTimeout && isRetryable(err) && tries < attempts) {
        jobLog.warn({ err, code }, 'job failed and is tried again');
        await retryJob(ref, code, BACKOFF_MS * 2 ** (tries - 1) * (0.5 + Math.random()));
      } else {
        jobLog.error({ err, code }, 'job failed');
        await giveUpJob(ref, code);
      }
    }
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
      await giveUpJob(ref, 'crashed');
      announce(ref);
    },
  };
}

/** What the queue holds was written by this release or another one. */
function refOf({ name, data }: QueuedJob): JobRef {
  const parsed = name in JOBS ? JOBS[name as JobName].payload.safeParse(data) : null;
  if (!parsed?.success) throw new FinalJobError(`this release cannot read ${name}`);
  const payload: JobPayload<JobName> = parsed.data;
  const key = 'shard' in payload ? String(payload.shard) : 'magicId' in payload ? String(payload.magicId) : '';
  return { auditId: payload.auditId, attempt: payload.attempt, stage: name.slice('audit.'.length) as Stage, key };
}

function payloadOf({ auditId, attempt, stage, key }: JobRef): JobPayload<JobName> {
  const ref = { auditId, attempt };
  if (stage === 'collect') return { ...ref, shard: Number(key) };
  return stage === 'judge' ? { ...ref, magicId: key as MagicId } : ref;
}
