import type { Series } from '@/lib/scaling/series';
import { makeTrace, type TraceShape } from './simulation/traces';

export const CALENDAR = { timeZone: 'Asia/Tokyo', holidays: 'japan' } as const;

const SHAPE: TraceShape = {
  days: 42,
  stepSeconds: 900,
  mean: 100,
  daySwing: 0.7,
  daysOff: 0.35,
  trend: 0,
  noise: 0.08,
  calendar: CALENDAR,
  // Monday 6 April 2026 in Tokyo: the weeks hold the holidays of May.
  startMs: Date.UTC(2026, 3, 5, 15),
  seed: 11,
};

/** Made-up loads, each with one difficulty. */
export function makeTraces(): { name: string; series: Series }[] {
  const shapes: Record<string, Partial<TraceShape>> = {
    'day and week': {},
    growth: { trend: 0.08 },
    bursts: { bursts: { aDay: 1, factor: 2 } },
    gap: { gap: { fromDay: 30, days: 2 } },
    outliers: { outliers: { share: 0.005, factor: 6 } },
    'much noise': { noise: 0.3 },
  };
  return Object.entries(shapes).map(([name, shape]) => ({ name, series: makeTrace({ ...SHAPE, ...shape }) }));
}
