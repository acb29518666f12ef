import type { Series } from '../series';
import { mean } from '../statistics';
import type { CalendarOf } from './calendar';
import type { Forecaster } from './forecaster';
import { type Miss, measureCoverage, measurePinball } from './intervals';
import { trainingOf } from './train';

const DAYS_OF_WEEK = 7;

export interface BacktestOptions {
  /** Steps each forecast looks ahead. */
  horizon: number;
  /** Steps between forecasts. */
  every: number;
  /** Forecasts at most, the last ones. */
  most: number;
  /** Of the intervals, as 0.9. */
  level: number;
}

/** How a model did on the past. */
export interface Score {
  model: Forecaster['id'];
  /** Mean absolute error over that of saying last week again within the history (Hyndman & Koehler 2006); null without a week. */
  mase: number | null;
  /** Mean absolute error over that of seasonal-naive on the same steps; below 1 is better. Null where that never missed. */
  againstNaive: number | null;
  /** Mean pinball loss of the interval's ends, in load. */
  pinball: number | null;
  /** Share of values that lay inside the intervals; what is shown as confidence. */
  coverage: number | null;
  /** Values it was measured on. */
  points: number;
}

export interface Backtest {
  score: Score;
  misses: Miss[];
}

/**
 * Rolling-origin back-test: each model forecasts from several moments of the past with nothing but what was known then, and
 * is held against what came. Models that lack history at the first moment are left out; empty when none has enough.
 */
export function backtest(
  series: Series,
  calendar: CalendarOf,
  forecasters: readonly Forecaster[],
  { horizon, every, most, level }: BacktestOptions,
): Backtest[] {
  const stepsPerDay = 86_400 / series.stepSeconds;
  const length = series.values.length;
  const origins = Array.from({ length: most }, (_, index) => length - horizon - index * every).reverse();
  const usable = origins.filter((origin) => origin >= stepsPerDay);
  const first = usable[0];
  if (first === undefined) return [];
  const able = forecasters.filter(({ leastDays }) => first >= leastDays * stepsPerDay);
  const missesOf = new Map<Forecaster, Miss[]>(able.map((forecaster) => [forecaster, []]));
  for (const origin of usable) {
    const training = trainingOf(series, calendar, origin);
    for (const forecaster of able) {
      forecaster
        .fit(training)
        .predict(horizon)
        .forEach((predicted, index) => {
          const actual = series.values[origin + index];
          if (actual !== null && actual !== undefined)
            missesOf.get(forecaster)?.push({ origin, ahead: index + 1, predicted, actual });
        });
    }
  }
  const unit = seasonalError(series, DAYS_OF_WEEK * stepsPerDay, first);
  const naive = errorOf([...missesOf].find(([{ id }]) => id === 'seasonal-naive')?.[1] ?? []);
  return [...missesOf].map(([{ id }, misses]) => ({
    misses,
    score: {
      model: id,
      mase: ratio(errorOf(misses), unit),
      againstNaive: ratio(errorOf(misses), naive),
      pinball: measurePinball(misses, level),
      coverage: measureCoverage(misses, level)?.share ?? null,
      points: misses.length,
    },
  }));
}

/** The model whose point and interval are best against seasonal-naive together; null of none. */
export function chooseBest(tests: readonly Backtest[]): Backtest | null {
  const naive = tests.find(({ score }) => score.model === 'seasonal-naive')?.score;
  const lossOf = ({ score }: Backtest) =>
    (score.againstNaive ?? 1) + (ratio(score.pinball, naive?.pinball ?? null) ?? 1);
  return tests.reduce<Backtest | null>((best, test) => (best && lossOf(best) <= lossOf(test) ? best : test), null);
}

function errorOf(misses: readonly Miss[]): number | null {
  return mean(misses.map(({ predicted, actual }) => Math.abs(actual - predicted)));
}

/** Mean absolute difference from a season before, over the first `length` steps. */
function seasonalError({ values }: Series, season: number, length: number): number | null {
  const errors: number[] = [];
  for (let step = season; step < length; step += 1) {
    const [now, before] = [values[step], values[step - season]];
    if (now !== null && now !== undefined && before !== null && before !== undefined)
      errors.push(Math.abs(now - before));
  }
  return mean(errors);
}

function ratio(value: number | null, unit: number | null): number | null {
  return value === null || unit === null || unit === 0 ? null : value / unit;
}
