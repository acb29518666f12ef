import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createThrottle } from './throttle';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the first call runs at once', () => {
  const action = vi.fn();

  createThrottle(100).run('a', action);

  expect(action).toHaveBeenCalledTimes(1);
});

test('calls within a period become one, with the last of them', () => {
  const seen: number[] = [];
  const throttle = createThrottle(100);

  for (const call of [1, 2, 3]) throttle.run('a', () => seen.push(call));
  vi.advanceTimersByTime(100);

  expect(seen).toEqual([1, 3]);
});

test('a steady stream runs once a period', () => {
  const action = vi.fn();
  const throttle = createThrottle(100);

  for (let ms = 0; ms < 1000; ms += 10) {
    throttle.run('a', action);
    vi.advanceTimersByTime(10);
  }

  expect(action.mock.calls.length).toBeGreaterThanOrEqual(9);
  expect(action.mock.calls.length).toBeLessThanOrEqual(11);
});

test('keys do not wait for each other', () => {
  const action = vi.fn();
  const throttle = createThrottle(100);

  throttle.run('a', action);
  throttle.run('b', action);

  expect(action).toHaveBeenCalledTimes(2);
});

test('nothing runs after it was cancelled', () => {
  const action = vi.fn();
  const throttle = createThrottle(100);

  throttle.run('a', action);
  throttle.run('a', action);
  throttle.cancel();
  vi.advanceTimersByTime(1000);

  expect(action).toHaveBeenCalledTimes(1);
});
