import { isAppError, isRetryable } from '@/lib/errors';
import type { Logger } from '@/lib/logger';
import { FinalJobError, PostponedJobError, type QueuedJob } from '@/lib/queues/backend';
import { JOBS, type JobPayload, type LoneJobName } from '@/lib/queues/catalog';
import { giveUpLoneJob } from '@/lib/services/failed-jobs';
import { countJob } from '@/lib/services/process-metrics';
import type { ActiveJobs } from './active-jobs';
import { loneJobs } from './handlers';
import type { LoneJob } from './job-handler';
import type { JobRunner } from './run-job';

/** How soon another worker may take a job that was handed back. */
const HANDED_BACK_MS = 1_000;

interface LoneRunnerParts {
  worker: string;
  active: ActiveJobs;
  log: Logger;
}

export function isLoneJob(name: string): name is LoneJobName {
  return name in loneJobs;
}

/** Runs jobs that belong to no audit: the queue counts their tries and waits between them. */
export function createLoneJobRunner({ worker, active, log }: LoneRunnerParts): JobRunner {
  async function giveUp(
    name: LoneJobName,
    payload: JobPayload<LoneJobName>,
    end: { code: string; tries: number; log: Logger },
  ) {
    const { code, tries, log } = end;
    const job = { name, payload, errorCode: code, tries, worker };
    await giveUpLoneJob(job, (tx) => handlerOf(name).giveUp(tx, payload, { errorCode: code, log }));
  }

  return {
    async runQueued(job) {
      const { name, payload } = read(job);
      const { attempts, timeoutMs } = JOBS[name];
      const jobLog = log.child({ job: name, ...payload, tries: job.tries });
      using held = active.add(name, null);
      const timeout = AbortSignal.timeout(timeoutMs);
      const signal = AbortSignal.any([held.signal, timeout]);
      const startedAt = performance.now();
      try {
        await handlerOf(name).run(payload, { signal, log: jobLog, tries: job.tries });
        countJob(name, 'done', startedAt);
        jobLog.info({ durationMs: Math.round(performance.now() - startedAt) }, 'job done');
      } catch (err) {
        if (held.signal.aborted) {
          countJob(name, 'handed_back', startedAt);
          jobLog.info('job handed back');
          // Another worker goes on with it, and no try is lost by stopping.
          throw new PostponedJobError('the worker stops', HANDED_BACK_MS);
        }
        const code = timeout.aborted ? 'timeout' : isAppError(err) ? err.code : 'internal';
        if ((timeout.aborted || isRetryable(err)) && job.tries < attempts) {
          countJob(name, 'retried', startedAt);
          jobLog.warn({ err, code }, 'job failed and is tried again');
          throw err;
        }
        countJob(name, 'failed', startedAt);
        jobLog.error({ err, code }, 'job failed');
        await giveUp(name, payload, { code, tries: job.tries, log: jobLog });
        throw new FinalJobError(code);
      }
    },
    async giveUp(job) {
      const { name, payload } = read(job);
      const jobLog = log.child({ job: name, ...payload });
      jobLog.error('the queue gave a job up');
      await giveUp(name, payload, { code: 'crashed', tries: job.tries, log: jobLog });
    },
  };
}

/** What the queue holds was written by this release or another one. */
function read({ name, data }: QueuedJob): { name: LoneJobName; payload: JobPayload<LoneJobName> } {
  const parsed = isLoneJob(name) ? JOBS[name].payload.safeParse(data) : null;
  if (!isLoneJob(name) || !parsed?.success) throw new FinalJobError(`this release cannot read ${name}`);
  return { name, payload: parsed.data };
}

function handlerOf(name: LoneJobName): LoneJob<LoneJobName> {
  return loneJobs[name];
}
