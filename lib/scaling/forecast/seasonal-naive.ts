import type { Forecaster, Training } from './forecaster';

const DAYS_OF_WEEK = 7;

/** Says again what was a week before; a day before where the history is shorter. */
export const seasonalNaive: Forecaster = {
  id: 'seasonal-naive',
  leastDays: 1,
  fit: (training) => ({
    predict: (horizon) =>
      Array.from({ length: horizon }, (_, ahead) => repeated(training, training.values.length + ahead)),
  }),
};

function repeated({ values, stepsPerDay, profile }: Training, step: number): number {
  for (const season of [DAYS_OF_WEEK * stepsPerDay, stepsPerDay]) {
    for (let earlier = step - season; earlier >= 0; earlier -= season) {
      const value = values[earlier];
      if (value !== null && value !== undefined) return Math.max(0, value);
    }
  }
  return Math.max(0, profile(step));
}
