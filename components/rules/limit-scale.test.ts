import { expect, test } from 'vitest';
import { isShare, limitScale } from './limit-scale';

test('the good end is on the left when less is better, on the right when more is', () => {
  expect(limitScale({ good: 0, bad: 4 })).toEqual({ goodAt: 25, badAt: 75, isHigherBetter: false });
  expect(limitScale({ good: 0.8, bad: 0.3 })).toEqual({ goodAt: 75, badAt: 25, isHigherBetter: true });
});

test.each([
  ['measure', { good: 0.02, bad: 0.2 }, true],
  ['measure', { good: 1, bad: 0.5 }, true],
  ['functions', { good: 0, bad: 0.1 }, true],
  ['measure', { good: 3, bad: 12 }, false],
  ['kloc', { good: 0, bad: 0.5 }, false],
  ['sites', { good: 0, bad: 1 }, false],
])('%s from %j is a share: %j', (per, limits, expected) => {
  expect(isShare(per, limits)).toBe(expected);
});
