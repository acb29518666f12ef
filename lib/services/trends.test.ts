import { expect, test } from 'vitest';
import type { TrendPoint } from '@/lib/schemas/projects';
import { healthChange } from './trends';

function point(day: string, healthScore: number | null): TrendPoint {
  return { auditId: day, number: 1, at: `2026-${day}T00:00:00.000Z`, healthScore, isPartial: false, magics: {} };
}

test('compares with the newest audit at least as old as the period', () => {
  const trend = [point('01-01', 60), point('01-20', 70), point('03-01', 82.5)];

  expect(healthChange(trend, 30)).toBe(12.5);
});

test('compares with the first audit when all are younger than the period', () => {
  expect(healthChange([point('02-20', 70), point('03-01', 68)], 30)).toBe(-2);
});

test('one audit is no change', () => {
  expect(healthChange([point('03-01', 68)], 30)).toBeNull();
});

test('audits without a score are no point of comparison', () => {
  expect(healthChange([point('01-01', null), point('03-01', 68)], 30)).toBeNull();
});
