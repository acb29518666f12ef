import { expect, test } from 'vitest';
import { median, normalisedEntropy, theilSen } from './trend';

test('one odd point does not turn the trend', () => {
  const points = [0, 1, 2, 3, 4, 5].map((x): [number, number] => [x, x === 4 ? -90 : 2 * x]);

  expect(theilSen(points)).toBe(2);
  expect(theilSen([[1, 5]])).toBe(0);
  expect(theilSen([])).toBe(0);
});

test('the median of an even number lies between', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBe(0);
});

test('entropy is 0 for one and 1 for an even spread', () => {
  expect(normalisedEntropy([7], 4)).toBe(0);
  expect(normalisedEntropy([5, 5, 5, 5], 4)).toBe(1);
  expect(normalisedEntropy([5, 5], 4)).toBe(0.5);
  expect(normalisedEntropy([], 4)).toBe(0);
});
