import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRateLimiter } from './rate-limit';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('refuses the try after the limit and says when to come back', () => {
  const limiter = createRateLimiter(2, 60_000);
  limiter.take('a');
  limiter.take('a');

  expect(() => limiter.take('a')).toThrow(
    expect.objectContaining({ code: 'rate_limited', details: { retryAfterSeconds: 60 } }),
  );
});

test('one key does not use up another', () => {
  const limiter = createRateLimiter(1, 60_000);
  limiter.take('a');

  expect(() => limiter.take('b')).not.toThrow();
});

test('a window later the key is free again', () => {
  const limiter = createRateLimiter(1, 60_000);
  limiter.take('a');

  vi.advanceTimersByTime(60_001);

  expect(() => limiter.take('a')).not.toThrow();
});

test('a success forgets the tries before it', () => {
  const limiter = createRateLimiter(1, 60_000);
  limiter.take('a');

  limiter.reset('a');

  expect(() => limiter.take('a')).not.toThrow();
});

test('a try given back does not count, those beside it do', () => {
  const limiter = createRateLimiter(2, 60_000);
  limiter.take('a');

  for (let count = 0; count < 5; count += 1) {
    limiter.take('a');
    limiter.giveBack('a');
  }
  limiter.take('a');

  expect(() => limiter.take('a')).toThrow(expect.objectContaining({ code: 'rate_limited' }));
});

test('looking does not count, counting does not refuse', () => {
  const limiter = createRateLimiter(1, 60_000);

  for (let count = 0; count < 5; count += 1) limiter.check('a');
  for (let count = 0; count < 5; count += 1) limiter.count('a');

  expect(() => limiter.check('a')).toThrow(expect.objectContaining({ code: 'rate_limited' }));
});
