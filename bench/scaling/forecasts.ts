import type { WorkCalendar } from '@/lib/scaling/forecast/calendar';
import { forecastLoad } from '@/lib/scaling/forecast/forecast';
import type { Series } from '@/lib/scaling/series';

const DAY_SECONDS = 86_400;
const LEAST_DAYS = 8;
/** Days that are forecast, the last ones. */
const MOST_DAYS = 5;

export interface ForecastResult {
  /** Days that were forecast, and the models that were chosen. */
  days: number;
  models: string[];
  /** Mean absolute error of what was chosen over that of the same step a week before. */
  againstNaive: number;
  /** Share of what came that lay inside the bounds of 90 %. */
  coverage: number;
}

/** Forecasts day after day from what was known before, and holds each against the day that came. None of it was seen. */
export function judgeForecasts(series: Series, calendar: WorkCalendar): ForecastResult | null {
  const day = DAY_SECONDS / series.stepSeconds;
  const days = Math.floor(series.values.length / day);
  const models = new Set<string>();
  let error = 0;
  let naive = 0;
  let inside = 0;
  let points = 0;
  let judged = 0;
  for (let at = Math.max(LEAST_DAYS, days - MOST_DAYS); at < days; at += 1) {
    const forecast = forecastLoad(
      { ...series, values: series.values.slice(0, at * day) },
      { calendar, events: [], horizon: day },
    );
    if (!forecast) continue;
    judged += 1;
    models.add(forecast.model);
    forecast.steps.forEach(({ load, low, high }, index) => {
      const actual = series.values[at * day + index];
      const before = series.values[(at - 7) * day + index];
      if (actual === null || actual === undefined || before === null || before === undefined) return;
      error += Math.abs(actual - load);
      naive += Math.abs(actual - before);
      points += 1;
      if (actual >= low && actual <= high) inside += 1;
    });
  }
  if (points === 0) return null;
  return { days: judged, models: [...models], againstNaive: error / naive, coverage: inside / points };
}
