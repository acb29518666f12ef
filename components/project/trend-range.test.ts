import { expect, test } from 'vitest';
import type { TrendPoint } from '@/lib/schemas/projects';
import { parseRange, scaleOf, withinRange } from './trend-range';

const NOW = Date.parse('2026-11-23T12:00:00Z');

function point(at: string, healthScore: number | null): TrendPoint {
  return { auditId: at, number: 1, at, healthScore, isPartial: false, magics: {} };
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
  const scale = (...scores: (number | null)[]) => scaleOf(scores.map((score) => point('2026-11-20T00:00:00Z', score)));

  expect(scale(82, 83)).toEqual({ from: 75, to: 100 });
  expect(scale(65, 66)).toEqual({ from: 60, to: 90 });
  expect(scale(95, 97)).toEqual({ from: 75, to: 100 });
  expect(scale(30, 85)).toEqual({ from: 0, to: 90 });
  expect(scale(null)).toEqual({ from: 0, to: 100 });
});
