import { expect, test } from 'vitest';
import { isTold, leave, shownText, typed } from './number-draft';

test('a wrong text stays when the field is left, and is told', () => {
  const left = leave(typed(null, '500', 40, true), 40, true);

  expect([shownText(left, 40), isTold(left, 40)]).toEqual(['500', true]);
});

test('nothing is told while somebody types the first time, nor of a half-typed number', () => {
  expect(isTold(typed(null, '0.', 0.8, true), 0.8)).toBe(false);
});

test('what was told is told with each key until it is right, and what is right is over when the field is left', () => {
  const left = leave(typed(null, '500', 40, true), 40, true);
  const still = typed(left, '50x', 40, true);
  const right = typed(still, '50', 40, false);

  expect([isTold(still, 40), isTold(right, 40)]).toEqual([true, false]);
  expect(leave(right, 50, false)).toBeNull();
  expect(shownText(leave(right, 50, false), 50)).toBe('50');
});

test('a number that is set elsewhere, as by a slider, takes the place of a wrong text', () => {
  const left = leave(typed(null, '500', 40, true), 40, true);

  expect([shownText(left, 60), isTold(left, 60)]).toEqual(['60', false]);
  expect(leave(left, 60, true)).toBeNull();
});

test('a text is shown as it was typed while its number is rounded', () => {
  expect(shownText(typed(null, '0.855', 0.8, false), 0.86)).toBe('0.855');
});
