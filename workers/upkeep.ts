import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '@/lib/db/listen';
import type { Logger } from '@/lib/logger';
import type { QueueBackend } from '@/lib/queues/backend';
import { OUTBOX_CHANNEL } from '@/lib/queues/enqueue';
import { CANCEL_CHANNEL } from '@/lib/services/audit-end';
import { findEnded } from '@/lib/services/audit-jobs';
import { deleteOldAudits } from '@/lib/services/audit-retention';
import { handOverJobs, repairAudits } from '@/lib/services/audit-sweep';
import { forgetUnusedFacts } from '@/lib/services/facts-cache';
import { relayOutbox } from '@/lib/services/outbox';
import { requestScheduledAudits } from '@/lib/services/scheduled-audits';
import { removeUnusedMirrors } from '@/lib/services/unused-mirrors';
import { reportWorker, type WorkerReport } from '@/lib/services/worker-processes';
import type { ActiveJobs } from './active-jobs';

interface UpkeepParts {
  identity: Pick<WorkerReport, 'id' | 'host' | 'pid' | 'version' | 'kinds'>;
  active: ActiveJobs;
  queues: QueueBackend;
  /** Whether this worker looks after what others left behind. */
  isMaintainer: boolean;
  log: Logger;
}

const RELAY_MS = 1_000;
const REPORT_MS = 1_500;
const CANCEL_POLL_MS = 2_000;
const HAND_OVER_MS = 2_000;
const REPAIR_MS = 10_000;
const FORGET_MS = 6 * 3_600_000;
const OLD_AUDITS_MS = 3_600_000;
const MIRRORS_MS = 3_600_000;
const SCHEDULE_MS = 30_000;

/** All that a worker does besides jobs: reports, moves the outbox, notices cancelled audits, takes over from the dead. */
export function startUpkeep({ identity, active, queues, isMaintainer, log }: UpkeepParts): AsyncDisposable {
  const report = () => {
    const jobs = active.list().map(({ name, ref, startedAt }) => ({
      ...ref,
      name,
      startedAt: startedAt.toISOString(),
    }));
    return reportWorker({ ...identity, jobs, rssBytes: process.memoryUsage.rss() });
  };
  const stopEnded = async () => {
    const refs = active.list().map(({ ref }) => ref);
    if (refs.length === 0) return;
    for (const auditId of await findEnded(refs)) active.stopAudit(auditId);
  };
  const tasks = [
    startTask('relay the outbox', RELAY_MS, () => relayOutbox(queues), log),
    startTask('report', REPORT_MS, report, log),
    startTask('look for ended audits', CANCEL_POLL_MS, stopEnded, log),
    startTask('remove unused mirrors', MIRRORS_MS, removeUnusedMirrors, log),
  ];
  if (isMaintainer) {
    tasks.push(startTask('hand jobs over', HAND_OVER_MS, () => handOverJobs(), log));
    tasks.push(startTask('repair audits', REPAIR_MS, () => repairAudits(queues), log));
    tasks.push(startTask('forget unused facts', FORGET_MS, forgetUnusedFacts, log));
    tasks.push(startTask('delete old audits', OLD_AUDITS_MS, deleteOldAudits, log));
    const schedule = (signal: AbortSignal) => requestScheduledAudits(log, new Date(), signal);
    tasks.push(startTask('ask for scheduled audits', SCHEDULE_MS, schedule, log));
  }
  const [relay, , cancel] = tasks;
  const notices = listen([OUTBOX_CHANNEL, CANCEL_CHANNEL], (channel, payload) => {
    if (channel === OUTBOX_CHANNEL) relay?.wake();
    else if (payload) active.stopAudit(payload);
    else cancel?.wake();
  });
  return {
    async [Symbol.asyncDispose]() {
      await notices[Symbol.asyncDispose]();
      await Promise.all(tasks.map((task) => task[Symbol.asyncDispose]()));
    },
  };
}

interface Task extends AsyncDisposable {
  /** Runs it now, or once more when it runs. */
  wake: () => void;
}

/** Runs one thing again and again, never beside itself; a failure is told and the next round tries again. */
function startTask(name: string, everyMs: number, run: (signal: AbortSignal) => Promise<unknown>, log: Logger): Task {
  const stopping = new AbortController();
  let pause = new AbortController();
  let isAwake = false;
  const loop = async () => {
    while (!stopping.signal.aborted) {
      isAwake = false;
      try {
        await run(stopping.signal);
      } catch (err) {
        log.warn({ err, task: name }, 'upkeep failed');
      }
      if (isAwake) continue;
      pause = new AbortController();
      const signal = AbortSignal.any([pause.signal, stopping.signal]);
      await wait(everyMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    wake: () => {
      isAwake = true;
      pause.abort();
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
    },
  };
}
