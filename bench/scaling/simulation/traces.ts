import { calendarOf, type WorkCalendar } from '@/lib/scaling/forecast/calendar';
import type { Series } from '@/lib/scaling/series';
import { normal, randomOf } from './random';

/** What a made-up load is like. Shares are of its mean. */
export interface TraceShape {
  days: number;
  stepSeconds: number;
  /** Mean load of a working day. */
  mean: number;
  /** How far the busiest hour lies above the mean of the day, 0–1. */
  daySwing: number;
  /** Load of days off over that of working days. */
  daysOff: number;
  /** Growth a week, as 0.02. */
  trend: number;
  /** Standard deviation of the noise. */
  noise: number;
  /** Bursts a day, each for an hour at this many times the load. */
  bursts?: { aDay: number; factor: number } | undefined;
  /** Steps that were not measured, from day to day. */
  gap?: { fromDay: number; days: number } | undefined;
  /** Share of steps that show many times the load though none was there. */
  outliers?: { share: number; factor: number } | undefined;
  calendar: WorkCalendar;
  startMs: number;
  seed: number;
}

/** A load by its shape and seed alone. Working days have a peak in the morning and one in the afternoon. */
export function makeTrace(shape: TraceShape): Series {
  const { days, stepSeconds, mean, daySwing, daysOff, trend, noise, startMs, seed } = shape;
  const random = randomOf(seed);
  const stepsPerDay = 86_400 / stepSeconds;
  const calendar = calendarOf({ startMs, stepSeconds }, shape.calendar);
  let burstLeft = 0;
  let drift = 0;
  const values = Array.from({ length: days * stepsPerDay }, (_, step) => {
    const { slotOfDay, isDayOff } = calendar(step);
    const hour = (slotOfDay / stepsPerDay) * 24;
    const shapeOfDay = 1 + daySwing * dayCurve(hour);
    const growth = (1 + trend) ** (step / (7 * stepsPerDay));
    // Noise lasts: half of it is still there two hours later.
    const keep = 0.5 ** (stepSeconds / 7200);
    drift = keep * drift + Math.sqrt(1 - keep * keep) * normal(random);
    const usual = mean * (isDayOff ? daysOff : 1) * shapeOfDay * growth;
    if (shape.bursts && random() < shape.bursts.aDay / stepsPerDay) burstLeft = Math.round(3600 / stepSeconds);
    const burst = burstLeft > 0 ? (shape.bursts?.factor ?? 1) : 1;
    burstLeft -= 1;
    const value = Math.max(0, usual * burst * (1 + noise * (0.7 * drift + 0.7 * normal(random))));
    if (shape.outliers && random() < shape.outliers.share) return value * shape.outliers.factor;
    const day = step / stepsPerDay;
    return shape.gap && day >= shape.gap.fromDay && day < shape.gap.fromDay + shape.gap.days ? null : value;
  });
  return { startMs, stepSeconds, values };
}

/** From −1 in the night to 1 at the peaks of 10:30 and 15:30. */
function dayCurve(hour: number): number {
  const peak = (at: number, width: number) => Math.exp(-(((hour - at) / width) ** 2));
  return 2 * Math.min(1, peak(10.5, 2.4) + peak(15.5, 2.8)) - 1;
}
