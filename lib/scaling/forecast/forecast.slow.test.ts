import { describe, expect, test } from 'vitest';
import { makeTrace, type TraceShape } from '@/bench/scaling/simulation/traces';
import { forecastLoad } from './forecast';

const DAY_MS = 86_400_000;
const calendar = { timeZone: 'Asia/Tokyo', holidays: 'japan' } as const;
/** Four weeks and the day after, in steps of an hour; the first is a Monday in Tokyo. */
const SHAPE: TraceShape = {
  days: 29,
  stepSeconds: 3600,
  mean: 100,
  daySwing: 0.7,
  daysOff: 0.3,
  trend: 0,
  noise: 0.05,
  calendar,
  startMs: Date.UTC(2026, 5, 7, 15),
  seed: 1,
};

function nextDay(shape: Partial<TraceShape>, events: Parameters<typeof forecastLoad>[1]['events'] = []) {
  const all = makeTrace({ ...SHAPE, ...shape });
  const history = { ...all, values: all.values.slice(0, 28 * 24) };
  const forecast = forecastLoad(history, { calendar, events, horizon: 24 });
  if (!forecast) throw new Error('no forecast');
  const errors = forecast.steps.map(({ load }, hour) => Math.abs(load - (all.values[28 * 24 + hour] ?? 0)));
  return { forecast, meanError: errors.reduce((sum, error) => sum + error, 0) / 24 };
}

describe('a forecast', () => {
  test.each<[string, Partial<TraceShape>]>([
    ['day and week', {}],
    ['growth', { trend: 0.05 }],
    ['a gap of two days', { gap: { fromDay: 20, days: 2 } }],
  ])('follows %s, and better than last week again', (_, shape) => {
    const { forecast } = nextDay(shape);

    const best = forecast.scores.find(({ model }) => model === forecast.model);
    expect(best?.againstNaive).toBeLessThan(0.95);
    expect(best?.coverage).toBeGreaterThan(0.8);
  });

  test('is not led astray by an outlier the day before', () => {
    const quiet = nextDay({});
    const all = makeTrace(SHAPE);
    const values = all.values.slice(0, 28 * 24).map((value, hour) => (hour === 28 * 24 - 20 ? 5_000 : value));
    const forecast = forecastLoad({ ...all, values }, { calendar, events: [], horizon: 24 });

    forecast?.steps.forEach(({ load }, hour) => {
      expect(Math.abs(load - (quiet.forecast.steps[hour]?.load ?? 0))).toBeLessThan(15);
    });
  });

  test('knows that a holiday is a day off', () => {
    // Marine Day, Monday 20 July, is the day after this history.
    const { forecast, meanError } = nextDay({ startMs: SHAPE.startMs + 14 * DAY_MS });

    expect(Math.max(...forecast.steps.map(({ load }) => load))).toBeLessThan(80);
    expect(meanError).toBeLessThan(8);
  });

  test('multiplies what is announced, and takes a past event for no habit', () => {
    const all = makeTrace(SHAPE);
    const nextMs = all.startMs + 28 * DAY_MS;
    const past = { name: 'launch', fromMs: nextMs - 7 * DAY_MS, toMs: nextMs - 6 * DAY_MS, factor: 3 };
    const ahead = { name: 'campaign', fromMs: nextMs + 10 * 3_600_000, toMs: nextMs + 12 * 3_600_000, factor: 2 };
    const values = all.values
      .slice(0, 28 * 24)
      .map((value, hour) => (hour >= 21 * 24 && hour < 22 * 24 ? (value ?? 0) * 3 : value));
    const usual = nextDay({}).forecast;

    const told = forecastLoad({ ...all, values }, { calendar, events: [past, ahead], horizon: 24 });

    usual.steps.forEach(({ load }, hour) => {
      expect(told?.steps[hour]?.load).toBeCloseTo(load * (hour === 10 || hour === 11 ? 2 : 1), 0);
    });
  });

  test('has bounds around it, none below 0', () => {
    const { forecast } = nextDay({ mean: 2, noise: 0.5 });

    for (const { low, load, high } of forecast.steps) {
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(load);
      expect(high).toBeGreaterThanOrEqual(load);
    }
  });

  test('is not made of a history that is too short, or empty', () => {
    const all = makeTrace(SHAPE);

    expect(forecastLoad({ ...all, values: all.values.slice(0, 30) }, { calendar, events: [], horizon: 24 })).toBeNull();
    expect(
      forecastLoad({ ...all, values: all.values.map(() => null) }, { calendar, events: [], horizon: 24 }),
    ).toBeNull();
  });

  test('is the same for the same history', () => {
    expect(nextDay({}).forecast).toEqual(nextDay({}).forecast);
  });
});
