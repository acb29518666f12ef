import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPace } from './pace';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a burst passes at once, what comes after it waits for its turn', () => {
  const pace = createPace(60, 3);

  expect([pace(), pace(), pace(), pace()]).toEqual([0, 0, 0, 1000]);
});

test('what is refused does not count', () => {
  const pace = createPace(60, 1);
  pace();
  for (let count = 0; count < 100; count += 1) pace();

  vi.advanceTimersByTime(1000);

  expect(pace()).toBe(0);
});

test('the even pace passes for ever', () => {
  const pace = createPace(600, 1);
  const waits: number[] = [];

  for (let count = 0; count < 1000; count += 1) {
    waits.push(pace());
    vi.advanceTimersByTime(100);
  }

  expect(waits.every((wait) => wait === 0)).toBe(true);
});

test('a rest saves up no more than one burst', () => {
  const pace = createPace(60, 2);
  vi.advanceTimersByTime(3600_000);

  expect([pace(), pace(), pace() > 0]).toEqual([0, 0, true]);
});
