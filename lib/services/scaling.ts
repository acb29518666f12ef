import { setImmediate as yieldNow } from 'node:timers/promises';
import type { Context } from '@/lib/auth/context';
import { asSystem } from '@/lib/auth/tenants';
import { WORKER_KINDS, type WorkerKind } from '@/lib/env';
import { type ReplayStep, replay } from '@/lib/scaling/replay';
import { stepStartMs } from '@/lib/scaling/series';
import { forecastNeed } from '@/lib/scaling/strategies/predictive';
import { reactiveNeed } from '@/lib/scaling/strategies/reactive';
import { STRATEGIES } from '@/lib/scaling/strategies/strategies';
import type { Observed } from '@/lib/scaling/strategies/strategy';
import { DEFAULT_PRICE, replicaHourCost } from '@/lib/scaling/tiers';
import type { QueueLoadView, ScalingOutlook, ScalingOverview, ScalingSettings } from '@/lib/schemas/scaling';
import { requireInstanceOwner } from './instance-owner';
import { measureLoad } from './queue-load';
import { listSamples, loadSeries, QUARTER_MINUTES, type QueueSample } from './queue-load-samples';
import { expectedLoad, listForecasts, listNearForecasts, type MadeForecast } from './scaling-forecasts';
import { loadScalingSettings } from './scaling-settings';
import { measureSlots } from './worker-processes';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SHOWN_DAYS = 14;
/** A forecast that is older says nothing of now. */
const FRESH_MS = 2 * HOUR_MS;

/** How a kind stands and how many replicas it needs. For whoever may ask for metrics: it tells nothing of any team. */
export function getQueueLoad(kind: WorkerKind, now = new Date()): Promise<QueueLoadView> {
  return asSystem(async () => {
    const { settings } = await loadScalingSettings(kind);
    return loadView(kind, settings, await freshForecast(kind, now), now);
  });
}

/** Takes `instance.manage`: what is wanted of each kind and how it stands. */
export async function getScalingOverview(ctx: Context, now = new Date()): Promise<ScalingOverview> {
  await requireInstanceOwner(ctx);
  return asSystem(async () => {
    const kinds: ScalingOverview['kinds'] = [];
    for (const kind of WORKER_KINDS) {
      const { version, settings } = await loadScalingSettings(kind);
      kinds.push({ kind, version, settings, now: await loadView(kind, settings, await freshForecast(kind, now), now) });
    }
    return { kinds };
  });
}

/** Takes `instance.manage`: what a kind did, what is expected of it, and what each strategy would have done. */
export async function getScalingOutlook(ctx: Context, kind: WorkerKind, now = new Date()): Promise<ScalingOutlook> {
  await requireInstanceOwner(ctx);
  return asSystem(() => loadOutlook(kind, now));
}

/** How a kind stands and what is expected of it, as strategies look at it. Must see all teams. */
export async function observeLoad(kind: WorkerKind, now = new Date()): Promise<Observed> {
  const { settings } = await loadScalingSettings(kind);
  return observe(kind, settings, await freshForecast(kind, now), now);
}

async function freshForecast(kind: WorkerKind, now: Date): Promise<MadeForecast | undefined> {
  return (await listForecasts(kind, new Date(now.getTime() - FRESH_MS))).at(-1);
}

async function observe(
  kind: WorkerKind,
  settings: ScalingSettings,
  made: MadeForecast | undefined,
  now: Date,
): Promise<Observed> {
  const load = await measureLoad(kind);
  const forecast = made ? expectedLoad(made.forecast, now.getTime(), settings.startupSeconds) : null;
  return { ...load, atMs: now.getTime(), replicas: load.workers, utilisation: null, forecast };
}

async function loadView(
  kind: WorkerKind,
  settings: ScalingSettings,
  made: MadeForecast | undefined,
  now: Date,
): Promise<QueueLoadView> {
  const [observed, slots] = await Promise.all([observe(kind, settings, made, now), measureSlots(kind)]);
  // What was set on screen is a guess where workers say how many jobs they take.
  const target = { ...settings, slotsPerReplica: slots ?? settings.slotsPerReplica };
  const { waiting, running, replicas, waitingSeconds, oldestWaitSeconds } = observed;
  return {
    kind,
    backlog: waiting + running,
    waiting,
    running,
    waitingSeconds: waitingSeconds ?? 0,
    oldestWaitSeconds,
    replicas,
    // Nothing that waits is rounded up to −0.
    desiredReplicas: Math.max(0, reactiveNeed(observed, running, target)),
    predictedReplicas: forecastNeed(observed, target) ?? 0,
  };
}

async function loadOutlook(kind: WorkerKind, now: Date): Promise<ScalingOutlook> {
  const since = new Date(Math.floor((now.getTime() - SHOWN_DAYS * DAY_MS) / HOUR_MS) * HOUR_MS);
  const { version, settings } = await loadScalingSettings(kind);
  const [minutes, quarters, fresh] = await Promise.all([
    listSamples(kind, 1, since),
    listSamples(kind, QUARTER_MINUTES, since),
    freshForecast(kind, now),
  ]);
  const hours = hoursOf([...quarters, ...minutes]);
  const { currency, source } = DEFAULT_PRICE;
  return {
    kind,
    version,
    settings,
    now: await loadView(kind, settings, fresh, now),
    price: { currency, source },
    hours: hours.map((at) => new Date(at).toISOString()),
    ...(await replayAll(kind, settings, { minutes, since, hours })),
    ...pastOf(quarters, minutes, hours),
    forecast: fresh ? forecastView(fresh, settings) : null,
  };
}

/** Begin of every hour from the first to the last of what was measured. */
function hoursOf(samples: readonly QueueSample[]): number[] {
  if (samples.length === 0) return [];
  const places = samples.map(({ at }) => Math.floor(at.getTime() / HOUR_MS));
  const first = places.reduce((least, place) => Math.min(least, place));
  const last = places.reduce((most, place) => Math.max(most, place));
  return Array.from({ length: last - first + 1 }, (_, hour) => (first + hour) * HOUR_MS);
}

/** Quarters where there are some; of an hour whose quarters are not added up yet, its minutes. */
function pastOf(
  quarters: readonly QueueSample[],
  minutes: readonly QueueSample[],
  hours: readonly number[],
): Pick<ScalingOutlook, 'load' | 'workers'> {
  const loadOf = (samples: readonly QueueSample[], stepMinutes: 1 | typeof QUARTER_MINUTES) => {
    const series = loadSeries(samples, stepMinutes);
    const steps = series?.values.map((value, step) => ({ at: stepStartMs(series, step), value })) ?? [];
    return byHour(steps, hours, mean);
  };
  const workersOf = (samples: readonly QueueSample[]) =>
    byHour(
      samples.map(({ at, workers }) => ({ at: at.getTime(), value: workers })),
      hours,
      mean,
    );
  const [load, workers] = [loadOf(quarters, QUARTER_MINUTES), workersOf(quarters)];
  const [minuteLoad, minuteWorkers] = [loadOf(minutes, 1), workersOf(minutes)];
  return {
    load: load.map((value, hour) => value ?? minuteLoad[hour] ?? null),
    workers: workers.map((value, hour) => value ?? minuteWorkers[hour] ?? null),
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const most = (values: readonly number[]): number => values.reduce((sum, value) => Math.max(sum, value));

/** Values of each hour put together; null where it has none. */
function byHour(
  steps: readonly { at: number; value: number | null }[],
  hours: readonly number[],
  put: (values: readonly number[]) => number,
): (number | null)[] {
  const first = hours[0] ?? 0;
  const groups = hours.map((): number[] => []);
  for (const { at, value } of steps) {
    if (value !== null) groups[Math.floor((at - first) / HOUR_MS)]?.push(value);
  }
  return groups.map((values) => (values.length === 0 ? null : put(values)));
}

function forecastView(
  { madeAt, forecast }: MadeForecast,
  settings: ScalingSettings,
): NonNullable<ScalingOutlook['forecast']> {
  const { model, level, scores, steps, stepSeconds } = forecast;
  const { minReplicas, maxReplicas, slotsPerReplica, tier } = settings;
  return {
    madeAt: madeAt.toISOString(),
    model,
    level,
    confidence: scores.find((score) => score.model === model)?.coverage ?? null,
    scores,
    steps: steps.map(({ startMs, load, low, high }) => {
      const replicas = Math.min(maxReplicas, Math.max(minReplicas, Math.ceil(high / slotsPerReplica)));
      const cost = (replicas * replicaHourCost(tier) * stepSeconds) / 3600;
      return { at: new Date(startMs).toISOString(), load, low, high, replicas, cost };
    }),
  };
}

interface Measured {
  minutes: readonly QueueSample[];
  since: Date;
  hours: readonly number[];
}

async function replayAll(
  kind: WorkerKind,
  settings: ScalingSettings,
  { minutes, since, hours }: Measured,
): Promise<Pick<ScalingOutlook, 'replays' | 'measuredMinutes'>> {
  const series = loadSeries(minutes, 1);
  if (!series) return { replays: [], measuredMinutes: 0 };
  const { startupSeconds } = settings;
  const forecasts = await listNearForecasts(kind, since, (FRESH_MS / 1000 + startupSeconds) / 3600);
  const byMinute = new Map(minutes.map((sample) => [sample.at.getTime(), sample]));
  let next = 0;
  const steps = series.values.map((load, minute): ReplayStep => {
    const startMs = stepStartMs(series, minute);
    while ((forecasts[next + 1]?.madeAt.getTime() ?? Number.POSITIVE_INFINITY) <= startMs) next += 1;
    const made = forecasts[next];
    const isUsable = made && made.madeAt.getTime() <= startMs && startMs - made.madeAt.getTime() < FRESH_MS;
    const forecast = isUsable ? expectedLoad(made.forecast, startMs, startupSeconds) : null;
    return { startMs, load, meanSeconds: byMinute.get(startMs)?.meanSeconds ?? null, forecast };
  });
  const forecastMinutes = steps.filter(({ load, forecast }) => load !== null && forecast !== null).length;
  const at = (values: readonly (number | null)[]) =>
    values.map((value, step) => ({ at: stepStartMs(series, step), value }));
  const replays: ScalingOutlook['replays'] = [];
  for (const strategy of Object.values(STRATEGIES)) {
    const result = replay(steps, { strategy, target: settings, stepSeconds: 60, startupSeconds });
    const { replicaHours, cost, meanWaitSeconds, worstWaitSeconds, measuredSteps } = result;
    const measured = { measuredMinutes: measuredSteps, forecastMinutes };
    const replicas = byHour(at(result.replicas), hours, mean);
    const waitSeconds = byHour(at(result.waitSeconds), hours, most);
    const sums = { replicaHours, cost, meanWaitSeconds, worstWaitSeconds, ...measured };
    replays.push({ strategy: strategy.id, replicas, waitSeconds, ...sums });
    // Two weeks are some ten thousand steps: whoever waits goes first.
    await yieldNow();
  }
  return { replays, measuredMinutes: replays[0]?.measuredMinutes ?? 0 };
}
