import { expect, test } from 'vitest';
import { createBackoff } from './backoff';

test('waits longer after each quick end, up to half a minute', () => {
  const backoff = createBackoff();

  const delays = Array.from({ length: 9 }, () => backoff(100));

  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test('waits little again after a steady run', () => {
  const backoff = createBackoff();
  backoff(100);
  backoff(100);

  expect(backoff(30_000)).toBe(250);
});
