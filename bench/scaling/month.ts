import { type Forecast, forecastLoad } from '@/lib/scaling/forecast/forecast';
import { averageSteps, type Series } from '@/lib/scaling/series';
import { STRATEGIES } from '@/lib/scaling/strategies/strategies';
import type { Observed, Strategy, Target } from '@/lib/scaling/strategies/strategy';
import { CALENDAR } from './made-traces';
import type { WorkMix } from './simulation/service-times';
import { type SimulationResult, simulate } from './simulation/simulate';
import { makeTrace } from './simulation/traces';

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 28;
const STARTUP_SECONDS = 60;
const FORECAST_EVERY_DAYS = 0.5;
const QUARTER_SECONDS = 900;

/** Seconds of jobs as docs/speed.md measured audits: after some commits, cold, and of a million lines. */
const MIX: WorkMix[] = [
  { share: 0.6, medianSeconds: 3.2, spread: 0.5 },
  { share: 0.3, medianSeconds: 10.8, spread: 0.6 },
  { share: 0.1, medianSeconds: 128, spread: 0.5 },
];

const TARGET: Target = {
  minReplicas: 2,
  maxReplicas: 1_000,
  fixedReplicas: 0,
  slotsPerReplica: 1,
  utilisation: 0.9,
  queueSeconds: 30,
  downAfterSeconds: 60,
  tier: 'medium',
};

/** Days of load after four weeks of history: working days of 250 busy slots in the mean, bursts, noise, growth. */
export function makeMonth(days: number): { history: Series; load: Series } {
  const trace = makeTrace({
    days: HISTORY_DAYS + days,
    stepSeconds: 300,
    mean: 250,
    daySwing: 0.6,
    daysOff: 0.45,
    trend: 0.02,
    noise: 0.03,
    bursts: { aDay: 0.2, factor: 1.4 },
    calendar: CALENDAR,
    startMs: Date.UTC(2026, 4, 10, 15),
    seed: 7,
  });
  const left = (HISTORY_DAYS * DAY_MS) / (trace.stepSeconds * 1000);
  const load = { ...trace, startMs: trace.startMs + HISTORY_DAYS * DAY_MS, values: trace.values.slice(left) };
  return { history: trace, load };
}

/** Forecasts of the month made twice a day from what was known then; the newest that was made answers. */
export function forecastMonth(history: Series, from: number, days: number): (atMs: number) => Observed['forecast'] {
  const quarters = averageSteps(history, QUARTER_SECONDS / history.stepSeconds);
  const stepsADay = DAY_MS / 1000 / QUARTER_SECONDS;
  const every = FORECAST_EVERY_DAYS * stepsADay;
  const forecasts: Forecast[] = [];
  for (let at = HISTORY_DAYS * stepsADay; at < (HISTORY_DAYS + days) * stepsADay; at += every) {
    const known = { ...quarters, values: quarters.values.slice(0, at) };
    const forecast = forecastLoad(known, { calendar: CALENDAR, events: [], horizon: every + 1 });
    if (forecast) forecasts.push(forecast);
  }
  return (atMs) => {
    const made = forecasts[Math.floor((atMs - from) / (FORECAST_EVERY_DAYS * DAY_MS))];
    const until = atMs + STARTUP_SECONDS * 1000;
    const ahead =
      made?.steps.filter(({ startMs }) => startMs <= until && startMs + QUARTER_SECONDS * 1000 > atMs) ?? [];
    if (ahead.length === 0) return null;
    return { load: Math.max(...ahead.map(({ load }) => load)), high: Math.max(...ahead.map(({ high }) => high)) };
  };
}

/** Plays the load against every strategy that changes the number of pods, and against two numbers that stay. */
export function* playMonth(
  load: Series,
  forecastAt: (atMs: number) => Observed['forecast'],
): Generator<{ name: string; result: SimulationResult }> {
  const most = Math.max(...load.values.map((value) => value ?? 0));
  const runs: [string, Strategy, Partial<Target>][] = [
    ['manual, for the peak', STRATEGIES.manual, { fixedReplicas: Math.ceil(most / TARGET.utilisation) }],
    ['hpa, 70 % CPU', STRATEGIES.hpa, { utilisation: 0.7 }],
    ['hpa, 80 % CPU', STRATEGIES.hpa, { utilisation: 0.8 }],
    ['hpa, 90 % CPU', STRATEGIES.hpa, {}],
    ['custom', STRATEGIES.custom, {}],
    ['reactive', STRATEGIES.reactive, {}],
    ['predictive', STRATEGIES.predictive, {}],
  ];
  for (const [name, strategy, change] of runs) {
    const target = { ...TARGET, ...change };
    const result = simulate({
      load,
      mix: MIX,
      strategy,
      target,
      startupSeconds: STARTUP_SECONDS,
      everySeconds: 15,
      forecastAt,
      seed: 3,
    });
    // What is needed is the same for all, whatever a strategy aims at.
    yield { name, result: { ...result, efficiency: neededPodMinutes(load) / result.podMinutes } };
  }
}

function neededPodMinutes({ values, stepSeconds }: Series): number {
  return values.reduce<number>(
    (sum, value) => sum + (Math.ceil((value ?? 0) / TARGET.utilisation) * stepSeconds) / 60,
    0,
  );
}
