import { quantileOfSorted } from '../statistics';
import { scaleOf } from './winsorise';

/** What a forecast missed by in a back-test. */
export interface Miss {
  /** Which forecast, and how many steps ahead (1 is the next). */
  origin: number;
  ahead: number;
  predicted: number;
  actual: number;
}

/** Ends of the groups of steps ahead whose misses are alike. */
const GROUP_ENDS = [4, 16, Number.POSITIVE_INFINITY];
/** A group of fewer tells no quantile of 5 %. */
const LEAST_MISSES = 40;

export type Interval = (ahead: number, predicted: number) => { low: number; high: number };

/**
 * Split-conformal intervals: between the quantiles of what earlier forecasts missed by, as many steps ahead and measured in
 * the square root of the load, widened for how few there are (Lei et al. 2018). Null with too few misses.
 */
export function intervalsFrom(misses: readonly Miss[], level: number): Interval | null {
  if (misses.length < LEAST_MISSES) return null;
  const all = sortedScores(misses);
  const groups = GROUP_ENDS.map((end, index) => {
    const own = misses.filter(({ ahead }) => ahead <= end && ahead > (GROUP_ENDS[index - 1] ?? 0));
    return own.length < LEAST_MISSES ? all : sortedScores(own);
  });
  return (ahead, predicted) => {
    const scores = groups[GROUP_ENDS.findIndex((end) => ahead <= end)] ?? all;
    const outside = (1 - level) / 2;
    const widened = Math.min(1, (1 - outside) * (1 + 1 / scores.length));
    const scale = scaleOf(predicted);
    const low = predicted + (quantileOfSorted(scores, 1 - widened) ?? 0) * scale;
    const high = predicted + (quantileOfSorted(scores, widened) ?? 0) * scale;
    return { low: Math.max(0, Math.min(low, predicted)), high: Math.max(high, predicted) };
  };
}

/**
 * Share of values inside intervals made without the forecast they belong to, so that none is judged by itself. Null where
 * too few are left to make any.
 */
export function measureCoverage(misses: readonly Miss[], level: number): { share: number; count: number } | null {
  let inside = 0;
  let count = 0;
  for (const origin of new Set(misses.map((miss) => miss.origin))) {
    const interval = intervalsFrom(
      misses.filter((miss) => miss.origin !== origin),
      level,
    );
    if (!interval) return null;
    for (const { ahead, predicted, actual } of misses.filter((miss) => miss.origin === origin)) {
      const { low, high } = interval(ahead, predicted);
      count += 1;
      if (actual >= low && actual <= high) inside += 1;
    }
  }
  return count === 0 ? null : { share: inside / count, count };
}

/** Mean pinball loss of the two ends of intervals made without the forecast they belong to; null as for `measureCoverage`. */
export function measurePinball(misses: readonly Miss[], level: number): number | null {
  let loss = 0;
  let count = 0;
  const outside = (1 - level) / 2;
  for (const origin of new Set(misses.map((miss) => miss.origin))) {
    const interval = intervalsFrom(
      misses.filter((miss) => miss.origin !== origin),
      level,
    );
    if (!interval) return null;
    for (const { ahead, predicted, actual } of misses.filter((miss) => miss.origin === origin)) {
      const { low, high } = interval(ahead, predicted);
      loss += pinball(actual, low, outside) + pinball(actual, high, 1 - outside);
      count += 2;
    }
  }
  return count === 0 ? null : loss / count;
}

function pinball(actual: number, predicted: number, share: number): number {
  return actual >= predicted ? share * (actual - predicted) : (1 - share) * (predicted - actual);
}

function sortedScores(misses: readonly Miss[]): number[] {
  return misses.map(({ predicted, actual }) => (actual - predicted) / scaleOf(predicted)).sort((a, b) => a - b);
}
