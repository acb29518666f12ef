import { expect, test } from 'vitest';
import type { TrendPoint } from '@/lib/schemas/projects';
import { parseRange, scaleOf, spanOf, withinRange } from './trend-range';

const NOW = Date.parse('2026-11-23T12:00:00Z');

function point(at: string, healthScore: number | null): TrendPoint {
  return { auditId: at, number: 1, at, healthScore, isPartial: false, isChosen: false, isPast: false, magics: {} };
}

test('an unknown period reads as 90 days', () => {
  expect(parseRange('7d')).toBe('90d');
  expect(parseRange(null)).toBe('90d');
  expect(parseRange('1y')).toBe('1y');
});

test('points before the period are left out', () => {
  const points = [point('2026-09-01T00:00:00Z', 70), point('2026-11-20T00:00:00Z', 80)];

  expect(withinRange(points, '30d', NOW)).toEqual([points[1]]);
  expect(withinRange(points, '90d', NOW)).toEqual(points);
});

test('the scale ends at edges of bands and shows two bands at least', () => {
  const scale = (...scores: (number | null)[]) => scaleOf(scores);

  expect(scale(82, 83)).toEqual({ from: 75, to: 100 });
  expect(scale(65, 66)).toEqual({ from: 60, to: 90 });
  expect(scale(95, 97)).toEqual({ from: 75, to: 100 });
  expect(scale(30, 85)).toEqual({ from: 0, to: 90 });
  expect(scale(null)).toEqual({ from: 0, to: 100 });
});

test('a single audit stands in the middle of an hour', () => {
  expect(spanOf([point('2026-11-20T10:00:00Z', 80)])).toEqual({
    from: new Date('2026-11-20T09:30:00Z'),
    to: new Date('2026-11-20T10:30:00Z'),
    isShort: true,
  });
});

test('audits of many days fill the axis from the first to the last', () => {
  const points = [point('2026-09-01T00:00:00Z', 70), point('2026-11-20T00:00:00Z', 80)];

  expect(spanOf(points)).toEqual({
    from: new Date('2026-09-01T00:00:00Z'),
    to: new Date('2026-11-20T00:00:00Z'),
    isShort: false,
  });
});
