import { expect, test } from 'vitest';
import { exactParts } from './exact-parts';

const sum = (parts: readonly number[]) => Math.round(parts.reduce((total, part) => total + part, 0) * 10) / 10;

test('rounded parts add up to the rounded total', () => {
  const parts = [33.333, 33.333, 33.333];

  const shown = exactParts(parts, 100);

  expect(sum(shown)).toBe(100);
  expect(shown).toEqual([33.4, 33.3, 33.3]);
});

test('parts that need no rounding stay as they are', () => {
  expect(exactParts([17.6, 10.8], 28.4)).toEqual([17.6, 10.8]);
});

test('the part that lost most is rounded up', () => {
  expect(exactParts([1.01, 2.09], 3.1)).toEqual([1, 2.1]);
});

test('nothing adds up to nothing', () => {
  expect(exactParts([], 0)).toEqual([]);
});
