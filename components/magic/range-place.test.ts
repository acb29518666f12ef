import { expect, test } from 'vitest';
import { rangePlace } from './range-place';

test('where less is better, good is left and bad is right', () => {
  const limits = { good: 0.1, bad: 0.5 };

  expect(rangePlace(0.1, limits)).toBe(25);
  expect(rangePlace(0.5, limits)).toBe(75);
  expect(rangePlace(0.3, limits)).toBe(50);
});

test('where more is better, good is right', () => {
  expect(rangePlace(0.8, { good: 0.8, bad: 0.2 })).toBe(75);
  expect(rangePlace(0.2, { good: 0.8, bad: 0.2 })).toBe(25);
});

test('values far beyond the limits stay within the drawing', () => {
  expect(rangePlace(900, { good: 1, bad: 5 })).toBe(97);
  expect(rangePlace(-900, { good: 1, bad: 5 })).toBe(3);
});
