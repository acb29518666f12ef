import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createGuessLimiter } from './token-guesses';

const LIMITED = expect.objectContaining({ code: 'rate_limited' });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('an address that tried different tokens in vain is refused before another is looked up', () => {
  const guesses = createGuessLimiter(2, 60_000);
  for (const token of ['a', 'b']) guesses.failed('192.0.2.1', token);

  expect(() => guesses.check('192.0.2.1', 'c')).toThrow(LIMITED);
  expect(() => guesses.check('192.0.2.2', 'c')).not.toThrow();
});

test('addresses of one IPv6 network are one guesser', () => {
  const guesses = createGuessLimiter(2, 60_000);
  guesses.failed('2001:db8::1', 'a');
  guesses.failed('2001:db8::2', 'b');

  expect(() => guesses.check('2001:db8:0:0:ffff::3', 'c')).toThrow(LIMITED);
  expect(() => guesses.check('2001:db8:0:1::1', 'c')).not.toThrow();
});

test('one token that fails again and again is one guess', () => {
  const guesses = createGuessLimiter(2, 60_000);
  for (let count = 0; count < 100; count += 1) guesses.failed('192.0.2.1', 'old');

  expect(() => guesses.check('192.0.2.1', 'c')).not.toThrow();
});

test('a token that worked is not shut out by a neighbour who guesses', () => {
  const guesses = createGuessLimiter(1, 60_000);
  guesses.succeeded('good');
  guesses.failed('192.0.2.1', 'a');

  expect(() => guesses.check('192.0.2.1', 'good')).not.toThrow();
  expect(() => guesses.check('192.0.2.1', 'other')).toThrow(LIMITED);
});

test('a window later the address is free again', () => {
  const guesses = createGuessLimiter(1, 60_000);
  guesses.failed('192.0.2.1', 'a');

  vi.advanceTimersByTime(60_001);

  expect(() => guesses.check('192.0.2.1', 'c')).not.toThrow();
});
