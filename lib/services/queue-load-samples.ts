import { asSystem } from '@/lib/auth/tenants';
import { query } from '@/lib/db/client';
import { WORKER_KINDS, type WorkerKind } from '@/lib/env';
import type { Series } from '@/lib/scaling/series';
import { measureFlow, measureLoad } from './queue-load';

const MINUTE_MS = 60_000;
export const QUARTER_MINUTES = 15;
const MINUTES_DAYS = 14;
const QUARTERS_DAYS = 730;
/** Quarters are made of minutes no older: a worker that was away for longer finds no minutes to add up. */
const ROLL_UP_DAYS = 2;
/** Of a quarter that counts as measured. */
const LEAST_MINUTES = 8;

export interface QueueSample {
  at: Date;
  waiting: number;
  running: number;
  arrivals: number;
  finished: number;
  meanSeconds: number | null;
  oldestWaitSeconds: number;
  waitingSeconds: number | null;
  workers: number;
}

/**
 * Writes down the minute that ended last, for each kind, unless another worker has. Minutes in which no worker ran stay
 * missing. Gives the number of kinds written.
 */
export async function sampleQueues(now = new Date()): Promise<number> {
  return asSystem(async () => {
    const to = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);
    const from = new Date(to.getTime() - MINUTE_MS);
    const done = await query<{ kind: string }>`select kind from queue_samples where step_minutes = 1 and at = ${from}`;
    const left = WORKER_KINDS.filter((kind) => !done.some((row) => row.kind === kind));
    for (const kind of left) await writeMinute(kind, from, to);
    if (left.length > 0) await rollUp(now);
    return left.length;
  });
}

async function writeMinute(kind: WorkerKind, from: Date, to: Date): Promise<void> {
  const { waiting, running, oldestWaitSeconds, waitingSeconds, workers } = await measureLoad(kind);
  const { arrivals, finished, meanSeconds } = await measureFlow(kind, from, to);
  await query`
    insert into queue_samples (kind, step_minutes, at, waiting, running, arrivals, finished, mean_seconds,
      oldest_wait_seconds, waiting_seconds, workers)
    values (${kind}, 1, ${from}, ${waiting}, ${running}, ${arrivals}, ${finished}, ${meanSeconds}, ${oldestWaitSeconds},
      ${waitingSeconds}, ${workers})
    on conflict do nothing`;
}

/** Adds minutes up to quarters of an hour that ended since the newest there is. */
async function rollUp(now: Date): Promise<void> {
  await query`
    insert into queue_samples (kind, step_minutes, at, waiting, running, arrivals, finished, mean_seconds,
      oldest_wait_seconds, waiting_seconds, workers)
    select kind, ${QUARTER_MINUTES}::int, date_bin('15 minutes', at, 'epoch'::timestamptz) as quarter, avg(waiting), avg(running),
      round(sum(arrivals) * ${QUARTER_MINUTES}::float8 / count(*))::int,
      round(sum(finished) * ${QUARTER_MINUTES}::float8 / count(*))::int,
      sum(mean_seconds * finished) / nullif(sum(finished) filter (where mean_seconds is not null), 0),
      max(oldest_wait_seconds), avg(waiting_seconds), avg(workers)
    from queue_samples
    where step_minutes = 1
      and at >= greatest(${now}::timestamptz - ${ROLL_UP_DAYS} * interval '1 day',
        (select max(at) + interval '15 minutes' from queue_samples where step_minutes = ${QUARTER_MINUTES}))
      and at < date_bin('15 minutes', ${now}::timestamptz, 'epoch'::timestamptz)
    group by kind, quarter having count(*) >= ${LEAST_MINUTES}::int
    on conflict do nothing`;
}

/** Forgets minutes after two weeks, and quarters after two years; gives their number. */
export async function forgetOldSamples(now = new Date()): Promise<number> {
  const forget = (stepMinutes: number, days: number) => query`
    delete from queue_samples
    where step_minutes = ${stepMinutes} and at < ${now}::timestamptz - ${days} * interval '1 day' returning kind`;
  return (await forget(1, MINUTES_DAYS)).length + (await forget(QUARTER_MINUTES, QUARTERS_DAYS)).length;
}

/** Samples of a kind since a moment, in the order of time. Those that were not taken are missing. */
export function listSamples(
  kind: WorkerKind,
  stepMinutes: 1 | typeof QUARTER_MINUTES,
  since: Date,
): Promise<QueueSample[]> {
  return query<QueueSample>`
    select at, waiting, running, arrivals, finished, mean_seconds as "meanSeconds",
      oldest_wait_seconds as "oldestWaitSeconds", waiting_seconds as "waitingSeconds", workers
    from queue_samples where kind = ${kind} and step_minutes = ${stepMinutes} and at >= ${since} order by at`;
}

/**
 * Work that arrived, in busy slots, at even steps; null where nothing was measured. Where no job ended, a job is taken to
 * last as long as those before did; before the first that ended nothing is known.
 */
export function loadSeries(samples: readonly QueueSample[], stepMinutes: number): Series | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last) return null;
  const stepMs = stepMinutes * MINUTE_MS;
  const startMs = first.at.getTime();
  const values = new Array<number | null>(Math.round((last.at.getTime() - startMs) / stepMs) + 1).fill(null);
  let seconds: number | null = null;
  for (const { at, arrivals, meanSeconds } of samples) {
    seconds = meanSeconds ?? seconds;
    const step = Math.round((at.getTime() - startMs) / stepMs);
    values[step] = arrivals === 0 ? 0 : seconds === null ? null : (arrivals * seconds) / (stepMinutes * 60);
  }
  return { startMs, stepSeconds: stepMinutes * 60, values };
}
