import type { Forecaster, Training } from './forecaster';

const DAYS_OF_WEEK = 7;
/** Weeks that are averaged, each brought to the level of the newest. */
const MOST_WEEKS = 4;
const MOST_GROWTH = 1.5;

/** The weeks before, averaged, each brought to today's level and grown on by as much as a week grew lately; days of another kind do not count. */
export const seasonalDrift: Forecaster = {
  id: 'seasonal-drift',
  leastDays: 2 * DAYS_OF_WEEK,
  fit: (training) => {
    const week = DAYS_OF_WEEK * training.stepsPerDay;
    const weeks = Math.min(MOST_WEEKS, Math.floor(training.values.length / week));
    const levels = Array.from({ length: weeks }, (_, back) => levelOf(training, back, week));
    const newest = levels[0] ?? 0;
    const oldest = levels.at(-1) ?? 0;
    const raw = oldest > 0 && newest > 0 && weeks > 1 ? (newest / oldest) ** (1 / (weeks - 1)) : 1;
    const growth = Math.min(MOST_GROWTH, Math.max(1 / MOST_GROWTH, raw));
    return {
      predict: (horizon) =>
        Array.from({ length: horizon }, (_, ahead) => {
          const step = training.values.length + ahead;
          const passed = Math.floor(ahead / week);
          const known = levels.flatMap((level, back) => {
            const earlier = step - (back + 1 + passed) * week;
            const value = training.values[earlier];
            if (training.calendar(earlier).isDayOff !== training.calendar(step).isDayOff) return [];
            return value === null || value === undefined || level === 0 ? [] : [(value / level) * newest];
          });
          const usual =
            known.length > 0 ? known.reduce((sum, one) => sum + one, 0) / known.length : training.profile(step);
          return Math.max(0, usual * growth ** (passed + 0.5));
        }),
    };
  },
};

/** Mean load of the week that ended `back` weeks ago, steps without a value counted as usual. */
function levelOf({ values, profile }: Training, back: number, week: number): number {
  const end = values.length - back * week;
  let sum = 0;
  for (let step = end - week; step < end; step += 1) sum += values[step] ?? profile(step);
  return sum / week;
}
