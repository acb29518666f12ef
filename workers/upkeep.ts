import { setTimeout as wait } from 'node:timers/promises';
import { listen } from '@/lib/db/listen';
import type { Logger } from '@/lib/logger';
import type { QueueBackend } from '@/lib/queues/backend';
import { OUTBOX_CHANNEL } from '@/lib/queues/enqueue';
import { CANCEL_CHANNEL } from '@/lib/services/audit-end';
import { findEnded } from '@/lib/services/audit-jobs';
import { signLogHeads } from '@/lib/services/audit-log-heads';
import { sweepAuditObjects } from '@/lib/services/audit-objects-sweep';
import { deleteOldAudits } from '@/lib/services/audit-retention';
import { handOverJobs, repairAudits } from '@/lib/services/audit-sweep';
import { makeScheduledBackup } from '@/lib/services/backups';
import { compareBranches } from '@/lib/services/branch-comparison';
import { repairAnswers } from '@/lib/services/commit-answers';
import { forgetOldDeliveries, repairDeliveries } from '@/lib/services/delivery-upkeep';
import { forgetUnusedFacts } from '@/lib/services/facts-cache';
import { forgetFailedJobs } from '@/lib/services/failed-jobs';
import { forgetOldMessages, gatherNotifications } from '@/lib/services/notifications/gather';
import { NOTICES_CHANNEL } from '@/lib/services/notifications/record-notices';
import { relayOutbox } from '@/lib/services/outbox';
import { jobsHandedOver, jobsInHand } from '@/lib/services/process-metrics';
import { measureQueues } from '@/lib/services/queue-depths';
import { forgetOldSamples, sampleQueues } from '@/lib/services/queue-load-samples';
import { dropSpareFacts, repairRechecks } from '@/lib/services/rechecks';
import { forgetOldForecasts, makeForecasts } from '@/lib/services/scaling-forecasts';
import { requestScheduledAudits } from '@/lib/services/scheduled-audits';
import { forgetOldPaces } from '@/lib/services/shared-pace';
import { removeUnusedMirrors } from '@/lib/services/unused-mirrors';
import { reportWorker, type WorkerReport } from '@/lib/services/worker-processes';
import type { ActiveJobs } from './active-jobs';
import { createLoadMeter } from './load-meter';
import type { WorkerHealth } from './worker-health';

interface UpkeepParts {
  identity: Pick<WorkerReport, 'id' | 'host' | 'pid' | 'version' | 'kinds'>;
  active: ActiveJobs;
  queues: QueueBackend;
  health: Pick<WorkerHealth, 'turn' | 'isDraining'>;
  concurrency: number;
  /** Whether this worker looks after what others left behind. */
  isMaintainer: boolean;
  log: Logger;
}

const RELAY_MS = 1_000;
const REPORT_MS = 1_500;
const CANCEL_POLL_MS = 2_000;
const HAND_OVER_MS = 2_000;
const REPAIR_MS = 10_000;
const MEASURE_MS = 5_000;
const ANSWERS_MS = 60_000;
const FORGET_MS = 6 * 3_600_000;
const OLD_AUDITS_MS = 3_600_000;
const SWEEP_OBJECTS_MS = 5 * 60_000;
const MIRRORS_MS = 3_600_000;
const SCHEDULE_MS = 30_000;
const SIGN_LOG_MS = 10 * 60_000;
const NOTIFY_MS = 5_000;
const OLD_DELIVERIES_MS = 3_600_000;
const COMPARE_MS = 60_000;
const RECHECKS_MS = 5 * 60_000;
const BACKUP_MS = 60_000;
/** Twice a minute, so that none is missed. */
const SAMPLE_MS = 30_000;
const FORECAST_MS = 60_000;

/** All that a worker does besides jobs: reports, moves the outbox, notices cancelled audits, takes over from the dead. */
export function startUpkeep(parts: UpkeepParts): AsyncDisposable {
  const { identity, active, queues, health, concurrency, isMaintainer, log } = parts;
  const load = createLoadMeter();
  const report = () => {
    const jobs = active.list().map(({ name, ref, startedAt }) => ({
      ...ref,
      name,
      startedAt: startedAt.toISOString(),
    }));
    jobsInHand.set(jobs.length);
    return reportWorker({ ...identity, ...load.read(), jobs, concurrency, isDraining: health.isDraining() });
  };
  const stopEnded = async () => {
    const refs = active.list().flatMap(({ ref }) => ref ?? []);
    if (refs.length === 0) return;
    for (const auditId of await findEnded(refs)) active.stopAudit(auditId);
  };
  const turning = (name: string, run: () => Promise<unknown>) => async () => {
    health.turn(name);
    await run();
  };
  const tasks = [
    // One round moves all there is, however long that takes.
    startTask('relay the outbox', RELAY_MS, () => relayOutbox(queues, () => health.turn('relay the outbox')), log),
    startTask('report', REPORT_MS, turning('report', report), log),
    startTask('look for ended audits', CANCEL_POLL_MS, turning('look for ended audits', stopEnded), log),
    startTask('remove unused mirrors', MIRRORS_MS, removeUnusedMirrors, log),
  ];
  let notify: Task | null = null;
  if (isMaintainer) {
    tasks.push(startTask('hand jobs over', HAND_OVER_MS, async () => jobsHandedOver.inc(await handOverJobs()), log));
    tasks.push(startTask('repair audits', REPAIR_MS, () => repairAudits(queues), log));
    tasks.push(startTask('measure the queues', MEASURE_MS, () => measureQueues(queues), log));
    tasks.push(startTask('forget old failed jobs', OLD_AUDITS_MS, forgetFailedJobs, log));
    tasks.push(startTask('forget old paces', OLD_AUDITS_MS, forgetOldPaces, log));
    tasks.push(startTask('repair answers', ANSWERS_MS, repairAnswers, log));
    tasks.push(startTask('repair deliveries', REPAIR_MS, () => repairDeliveries(queues), log));
    tasks.push(startTask('repair rechecks', RECHECKS_MS, () => repairRechecks(queues), log));
    tasks.push(startTask('forget spare facts', OLD_AUDITS_MS, () => dropSpareFacts(), log));
    const compare = (signal: AbortSignal) => compareBranches(log, signal);
    tasks.push(startTask('compare branches', COMPARE_MS, compare, log));
    tasks.push(startTask('forget old deliveries', OLD_AUDITS_MS, forgetOldDeliveries, log));
    tasks.push(startTask('forget unused facts', FORGET_MS, forgetUnusedFacts, log));
    const sweepObjects = (signal: AbortSignal) => sweepAuditObjects(signal);
    tasks.push(startTask('sweep what audits left in the store', SWEEP_OBJECTS_MS, sweepObjects, log));
    tasks.push(startTask('delete old audits', OLD_AUDITS_MS, deleteOldAudits, log));
    const schedule = (signal: AbortSignal) => requestScheduledAudits(log, new Date(), signal);
    tasks.push(startTask('ask for scheduled audits', SCHEDULE_MS, schedule, log));
    const backUp = (signal: AbortSignal) => makeScheduledBackup(log, new Date(), signal);
    tasks.push(startTask('make scheduled backups', BACKUP_MS, backUp, log));
    tasks.push(startTask('forget old notifications', OLD_DELIVERIES_MS, () => forgetOldMessages(), log));
    tasks.push(startTask('sample the queues', SAMPLE_MS, () => sampleQueues(), log));
    tasks.push(startTask('forecast the load', FORECAST_MS, (signal) => makeForecasts(new Date(), signal), log));
    tasks.push(startTask('forget old samples', OLD_AUDITS_MS, () => forgetOldSamples(), log));
    tasks.push(startTask('forget old forecasts', OLD_AUDITS_MS, () => forgetOldForecasts(), log));
    const gather = (signal: AbortSignal) => gatherNotifications(log, new Date(), signal);
    notify = startTask('gather notifications', NOTIFY_MS, gather, log);
    tasks.push(notify);
  }
  // Those who judge have the key.
  if (identity.kinds.includes('judge')) {
    tasks.push(startTask('sign the audit log', SIGN_LOG_MS, () => signLogHeads(log), log));
  }
  const [relay, , cancel] = tasks;
  const notices = listen([OUTBOX_CHANNEL, CANCEL_CHANNEL, NOTICES_CHANNEL], (channel, payload) => {
    if (channel === OUTBOX_CHANNEL) relay?.wake();
    else if (channel === NOTICES_CHANNEL) notify?.wake();
    else if (payload) active.stopAudit(payload);
    else cancel?.wake();
  });
  return {
    async [Symbol.asyncDispose]() {
      load.stop();
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
