import { type Series, stepStartMs } from '../series';
import { type AnnouncedEvent, eventFactor, withoutEvents } from './announced-events';
import { backtest, chooseBest, type Score } from './backtest';
import { calendarOf, type WorkCalendar } from './calendar';
import { FORECASTERS } from './forecasters';
import { intervalsFrom } from './intervals';
import { trainingOf } from './train';

/** Share of values that intervals are made to hold. */
export const INTERVAL_LEVEL = 0.9;
const DAY_SECONDS = 86_400;
/** Forecasts of the back-test: two a day over a week. */
const ORIGINS = 14;
const ORIGINS_A_DAY = 2;
/** Older habits are forgotten. */
const MOST_DAYS = 56;

export interface ForecastStep {
  startMs: number;
  /** Mean load of the step, in the unit of the series. */
  load: number;
  low: number;
  high: number;
}

export interface Forecast {
  model: Score['model'];
  /** Of the intervals. */
  level: number;
  stepSeconds: number;
  steps: ForecastStep[];
  /** Of every model that was tried; that of `model` holds the confidence (`coverage`). */
  scores: Score[];
}

export interface ForecastOptions {
  calendar: WorkCalendar;
  events: readonly AnnouncedEvent[];
  /** Steps ahead. */
  horizon: number;
}

/**
 * What load comes after a series, by the model that did best on its past. Null where the past is too short to tell how good a
 * forecast is: about two days at least, ten for all models.
 */
export function forecastLoad(given: Series, { calendar, events, horizon }: ForecastOptions): Forecast | null {
  const series = withoutEvents(lastDays(given, MOST_DAYS), events);
  const calendarSteps = calendarOf(series, calendar);
  const every = Math.max(1, Math.round(DAY_SECONDS / series.stepSeconds / ORIGINS_A_DAY));
  const tests = backtest(series, calendarSteps, FORECASTERS, {
    horizon,
    every,
    most: ORIGINS,
    level: INTERVAL_LEVEL,
  });
  const best = chooseBest(tests);
  const interval = best && intervalsFrom(best.misses, INTERVAL_LEVEL);
  const forecaster = FORECASTERS.find(({ id }) => id === best?.score.model);
  if (!best || !interval || !forecaster) return null;
  const loads = forecaster.fit(trainingOf(series, calendarSteps)).predict(horizon);
  const steps = loads.map((load, index) => {
    const startMs = stepStartMs(series, series.values.length + index);
    const factor = eventFactor(startMs, events);
    const { low, high } = interval(index + 1, load);
    return { startMs, load: load * factor, low: low * factor, high: high * factor };
  });
  const { stepSeconds } = series;
  return {
    model: best.score.model,
    level: INTERVAL_LEVEL,
    stepSeconds,
    steps,
    scores: tests.map(({ score }) => score),
  };
}

function lastDays(series: Series, days: number): Series {
  const most = Math.round((days * DAY_SECONDS) / series.stepSeconds);
  const left = Math.max(0, series.values.length - most);
  return { ...series, startMs: stepStartMs(series, left), values: series.values.slice(left) };
}
