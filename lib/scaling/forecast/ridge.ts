import { quantile } from '../statistics';
import type { Fitted, Forecaster, Training } from './forecaster';

const DAYS_OF_WEEK = 7;
/** Waves in a day and in a week. */
const DAY_WAVES = 8;
const WEEK_WAVES = 3;
const PENALTY = 1;
const WEEKS_BEFORE = [1, 2, 3];
/** Errors looked at to learn how long one lasts. */
const LEAST_ERRORS = 20;

/**
 * Ridge regression on the calendar (Fourier terms of the day, apart for working days and days off, of the week, weekdays),
 * a trend and the load a day and one to three weeks before, whose errors follow an autoregression of first order. Where what was before
 * is not known, what is usual then stands for it; beyond a day ahead, what was predicted.
 */
export const ridge: Forecaster = { id: 'ridge', leastDays: 4, fit };

function fit(training: Training): Fitted {
  const { values, stepsPerDay } = training;
  const level = Math.max(
    1e-9,
    quantile(
      values.filter((value) => value !== null),
      0.5,
    ) ?? 1,
  );
  const first = Math.min(DAYS_OF_WEEK * stepsPerDay, values.length >> 1);
  const known = Array.from({ length: values.length - first }, (_, index) => index + first).filter(
    (step) => values[step] !== null,
  );
  const past = (step: number) => values[step] ?? null;
  const rows = known.map((step) => featuresOf(training, step, level, past));
  const targets = known.map((step) => (values[step] ?? 0) / level);
  const weights = solveRidge(rows, targets, PENALTY);
  const errors = new Map(known.map((step, index) => [step, (targets[index] ?? 0) - dot(rows[index] ?? [], weights)]));
  const repeat = repeatOf(errors);
  const last = values.length - 1;
  const lastError = errors.get(last) ?? 0;
  return {
    predict: (horizon) => {
      const ahead: number[] = [];
      const pastOrPredicted = (step: number) =>
        step < values.length ? past(step) : (ahead[step - values.length] ?? null);
      for (let index = 0; index < horizon; index += 1) {
        const usual = dot(featuresOf(training, values.length + index, level, pastOrPredicted), weights);
        ahead.push(Math.max(0, (usual + repeat ** (index + 1) * lastError) * level));
      }
      return ahead;
    },
  };
}

function featuresOf(
  { calendar, profile, stepsPerDay, values }: Training,
  step: number,
  level: number,
  past: (step: number) => number | null,
): number[] {
  const { slotOfDay, weekday, isDayOff } = calendar(step);
  const usual = profile(step);
  // On a day of another kind that which was tells how far it lay from what is usual then.
  const lagOf = (days: number) => {
    const earlier = step - days * stepsPerDay;
    const value = earlier < 0 ? null : past(earlier);
    return value === null ? usual / level : (usual + value - profile(earlier)) / level;
  };
  const day = (2 * Math.PI * slotOfDay) / stepsPerDay;
  const week = (2 * Math.PI * (weekday * stepsPerDay + slotOfDay)) / (DAYS_OF_WEEK * stepsPerDay);
  const features = [isDayOff ? 0 : 1, isDayOff ? 1 : 0, step / Math.max(1, values.length)];
  for (let name = 0; name < DAYS_OF_WEEK; name += 1) features.push(!isDayOff && name === weekday ? 1 : 0);
  for (let wave = 1; wave <= DAY_WAVES; wave += 1) {
    const pair = [Math.sin(wave * day), Math.cos(wave * day)];
    for (const value of pair) features.push(isDayOff ? 0 : value, isDayOff ? value : 0);
  }
  for (let wave = 1; wave <= WEEK_WAVES; wave += 1) features.push(Math.sin(wave * week), Math.cos(wave * week));
  features.push(lagOf(1), ...WEEKS_BEFORE.map((weeks) => lagOf(weeks * DAYS_OF_WEEK)));
  return features;
}

/** How much of an error the next step repeats. */
function repeatOf(errors: ReadonlyMap<number, number>): number {
  let products = 0;
  let squares = 0;
  let pairs = 0;
  for (const [step, error] of errors) {
    const before = errors.get(step - 1);
    if (before === undefined) continue;
    products += before * error;
    squares += before * before;
    pairs += 1;
  }
  return pairs < LEAST_ERRORS || squares === 0 ? 0 : Math.min(0.98, Math.max(0, products / squares));
}

/** Weights `w` that make `|Xw − y|² + penalty · |w|²` least, by Cholesky decomposition. */
export function solveRidge(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  penalty: number,
): number[] {
  const size = rows[0]?.length ?? 0;
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  rows.forEach((row, index) => {
    const target = targets[index] ?? 0;
    for (let i = 0; i < size; i += 1) {
      const value = row[i] ?? 0;
      if (value === 0) continue;
      right[i] = (right[i] ?? 0) + value * target;
      for (let j = 0; j <= i; j += 1) matrix[i * size + j] = (matrix[i * size + j] ?? 0) + value * (row[j] ?? 0);
    }
  });
  for (let i = 0; i < size; i += 1) matrix[i * size + i] = (matrix[i * size + i] ?? 0) + penalty;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i * size + j] ?? 0;
      for (let k = 0; k < j; k += 1) sum -= (matrix[i * size + k] ?? 0) * (matrix[j * size + k] ?? 0);
      matrix[i * size + j] = i === j ? Math.sqrt(Math.max(sum, Number.EPSILON)) : sum / (matrix[j * size + j] ?? 1);
    }
  }
  const weights = Array.from(right);
  for (let i = 0; i < size; i += 1) {
    let sum = weights[i] ?? 0;
    for (let k = 0; k < i; k += 1) sum -= (matrix[i * size + k] ?? 0) * (weights[k] ?? 0);
    weights[i] = sum / (matrix[i * size + i] ?? 1);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    let sum = weights[i] ?? 0;
    for (let k = i + 1; k < size; k += 1) sum -= (matrix[k * size + i] ?? 0) * (weights[k] ?? 0);
    weights[i] = sum / (matrix[i * size + i] ?? 1);
  }
  return weights;
}

function dot(row: readonly number[], weights: readonly number[]): number {
  return row.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0);
}
