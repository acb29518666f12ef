import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Constants, estimate, limitsOf } from './estimate';

const constants: Constants = JSON.parse(readFileSync(new URL('constants.json', import.meta.url), 'utf8'));

test('work grows with repositories, and cores are what the audits of a day take', () => {
  const [small, large] = [estimate(1_000, constants), estimate(100_000, constants)];

  expect(large.auditsADay).toBe(100 * small.auditsADay);
  expect(large.cores).toBeCloseTo(100 * small.cores);
  expect(small.workers).toBe(1);
  // 3,000 audits a day of (2 % × 13.5 + 98 % × 4.2) × 0.3 seconds.
  expect(small.cores).toBeCloseTo((3_000 * 1.3158) / 86_400);
});

test('the limit that is used most comes first', () => {
  const shares = limitsOf(estimate(1_000_000, constants), constants).map(({ share }) => share);

  expect(shares).toEqual([...shares].sort((a, b) => b - a));
});

test('a constant that is missing is named', () => {
  const { cold: _, ...rest } = constants;

  expect(() => estimate(1, rest)).toThrow('cold');
});
