import type { Series } from '../series';
import type { CalendarOf } from './calendar';
import type { Training } from './forecaster';
import { usualProfile, winsorise } from './winsorise';

const DAY_SECONDS = 86_400;

/** What a model may learn from the first `length` steps of a series: nothing after them is looked at. */
export function trainingOf(series: Series, calendar: CalendarOf, length = series.values.length): Training {
  const past = series.values.slice(0, length);
  const stepsPerDay = DAY_SECONDS / series.stepSeconds;
  const profile = usualProfile(past, calendar, stepsPerDay);
  return { values: winsorise(past, profile), calendar, profile, stepsPerDay };
}
