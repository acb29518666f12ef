import type { JobRef } from '@/lib/services/audit-flow';

export type StopReason = 'audit-ended' | 'shutdown';

interface ActiveJob {
  /** Null of a job that belongs to no audit. */
  ref: JobRef | null;
  name: string;
  startedAt: Date;
  controller: AbortController;
}

/** The jobs this process has in hand, so that they can be shown and stopped. */
export interface ActiveJobs {
  /** Registers a job until the handle is disposed. */
  add: (name: string, ref: JobRef | null) => { signal: AbortSignal } & Disposable;
  list: () => readonly Omit<ActiveJob, 'controller'>[];
  stopAudit: (auditId: string) => void;
  stopAll: () => void;
}

export function createActiveJobs(): ActiveJobs {
  const jobs = new Set<ActiveJob>();
  const stop = (job: ActiveJob, reason: StopReason) => job.controller.abort(reason);
  return {
    add(name, ref) {
      const job = { ref, name, startedAt: new Date(), controller: new AbortController() };
      jobs.add(job);
      return {
        signal: job.controller.signal,
        [Symbol.dispose]: () => {
          jobs.delete(job);
        },
      };
    },
    list: () => [...jobs],
    stopAudit: (auditId) => {
      for (const job of jobs) if (job.ref?.auditId === auditId) stop(job, 'audit-ended');
    },
    stopAll: () => {
      for (const job of jobs) stop(job, 'shutdown');
    },
  };
}
