import type { Forecaster, Training } from './forecaster';
import { habitOf } from './winsorise';

const DAYS_OF_WEEK = 7;

/** How fast level, day and week follow what is seen, and how much of the last error the next step repeats. */
interface Smoothing {
  level: number;
  trend: number;
  day: number;
  week: number;
  repeat: number;
}

interface State {
  level: number;
  trend: number;
  day: Float64Array;
  week: Float64Array;
  error: number;
}

/** The history as the walk needs it: where each step lies in the day of its kind, and in the week. */
interface Track {
  values: readonly (number | null)[];
  day: Int32Array;
  week: Int32Array;
}

const GRID: Smoothing[] = [0.002, 0.01, 0.05].flatMap((level) =>
  [0, 0.002].flatMap((trend) =>
    [0.02, 0.1, 0.25].flatMap((day) =>
      [0.05, 0.2, 0.4].flatMap((week) => [0, 0.5, 0.8, 0.93].map((repeat) => ({ level, trend, day, week, repeat }))),
    ),
  ),
);

/**
 * Additive Holt-Winters with two seasons, day and week, and an autoregressive first-order correction (Taylor 2003,
 * “Short-term electricity demand forecasting using double seasonal exponential smoothing”). Steps without a value leave the
 * state as it is. The season of the day is that of the kind of day, and a holiday is a Sunday of the week.
 */
export const holtWinters: Forecaster = {
  id: 'holt-winters',
  leastDays: 4,
  fit: (training) => {
    const { values, stepsPerDay } = training;
    const start = startState(training);
    const track = trackOf(training, 0, values.length);
    const from = Math.min(DAYS_OF_WEEK * stepsPerDay, values.length >> 1);
    let best: { error: number; smoothing: Smoothing; state: State } | null = null;
    for (const smoothing of GRID) {
      const state = copy(start);
      const error = follow(track, smoothing, state, from);
      if (!best || error < best.error) best = { error, smoothing, state };
    }
    return { predict: (horizon) => (best ? predictFrom(training, best.state, best.smoothing, horizon) : []) };
  },
};

/** Begins with what is usual: the level of all, the day of its kind, and what weekdays add to it. */
function startState(training: Training): State {
  const { values, profile, stepsPerDay } = training;
  const level = meanOf(values.filter((value) => value !== null));
  const sums = new Float64Array(2 * stepsPerDay);
  const counts = new Float64Array(2 * stepsPerDay);
  const span = Math.max(values.length, DAYS_OF_WEEK * stepsPerDay);
  const { day: days, week: weeks } = trackOf(training, 0, span);
  for (let step = 0; step < span; step += 1) {
    const place = days[step] ?? 0;
    sums[place] = (sums[place] ?? 0) + profile(step) - level;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const day = sums.map((sum, place) => sum / Math.max(1, counts[place] ?? 1));
  const week = new Float64Array(DAYS_OF_WEEK * stepsPerDay);
  for (let step = 0; step < span; step += 1)
    week[weeks[step] ?? 0] = profile(step) - level - (day[days[step] ?? 0] ?? 0);
  return { level, trend: 0, day, week, error: 0 };
}

/** Walks the state over the history; gives the mean absolute error of a step ahead from step `from` on. */
function follow({ values, day: days, week: weeks }: Track, by: Smoothing, state: State, from: number): number {
  let sum = 0;
  let count = 0;
  for (let step = 0; step < values.length; step += 1) {
    const value = values[step];
    state.level += state.trend;
    if (value === null || value === undefined) {
      state.error *= by.repeat;
      continue;
    }
    const day = days[step] ?? 0;
    const week = weeks[step] ?? 0;
    const surprise = value - state.level - (state.day[day] ?? 0) - (state.week[week] ?? 0);
    const error = surprise - by.repeat * state.error;
    state.level += by.level * error;
    state.trend += by.trend * by.level * error;
    state.day[day] = (state.day[day] ?? 0) + by.day * error;
    state.week[week] = (state.week[week] ?? 0) + by.week * error;
    state.error = surprise;
    if (step < from) continue;
    sum += Math.abs(error);
    count += 1;
  }
  return count === 0 ? Number.POSITIVE_INFINITY : sum / count;
}

function predictFrom(training: Training, state: State, by: Smoothing, horizon: number): number[] {
  const { day, week } = trackOf(training, training.values.length, horizon);
  return Array.from({ length: horizon }, (_, index) => {
    const seasons = (state.day[day[index] ?? 0] ?? 0) + (state.week[week[index] ?? 0] ?? 0);
    const correction = by.repeat ** (index + 1) * state.error;
    return Math.max(0, state.level + state.trend * (index + 1) + seasons + correction);
  });
}

function trackOf({ values, calendar, stepsPerDay }: Training, from: number, length: number): Track {
  const day = new Int32Array(length);
  const week = new Int32Array(length);
  for (let index = 0; index < length; index += 1) {
    const at = calendar(from + index);
    day[index] = (at.isDayOff ? stepsPerDay : 0) + at.slotOfDay;
    week[index] = habitOf(at) * stepsPerDay + at.slotOfDay;
  }
  return { values, day, week };
}

function copy(state: State): State {
  return { ...state, day: Float64Array.from(state.day), week: Float64Array.from(state.week) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
