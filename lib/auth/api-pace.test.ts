import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepApiPace } from './api-pace';
import type { Identity } from './identity';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a hundred requests a second from one token are refused after a while, and say when to come back', () => {
  const token = asker();
  let refused = 0;

  for (let count = 0; count < 500; count += 1) {
    if (!isServed(token)) refused += 1;
    vi.advanceTimersByTime(10);
  }

  expect(refused).toBeGreaterThan(50);
  while (isServed(token));
  expect(() => keepApiPace(token)).toThrow(
    expect.objectContaining({ code: 'rate_limited', details: { retryAfterSeconds: 1 } }),
  );
});

test('one asker does not use up another', () => {
  const [loud, quiet] = [asker(), asker()];
  while (isServed(loud));

  expect(isServed(quiet)).toBe(true);
});

test('a setting of one a minute still answers the first', () => {
  const token = asker();

  expect([isServed(token, 1), isServed(token, 1)]).toEqual([true, false]);
});

function isServed(identity: Identity, perMinute?: number): boolean {
  try {
    keepApiPace(identity, perMinute);
    return true;
  } catch {
    return false;
  }
}

function asker(): Identity {
  return {
    limitKey: `token:${randomUUID()}`,
    userId: randomUUID(),
    sessionId: null,
    tokenId: null,
    roles: new Map(),
    scopes: ['read'],
  };
}
