import { LRUCache } from 'lru-cache';
import { AppError } from '@/lib/errors';

const MAX_KEYS = 20_000;

interface RateLimiter {
  /** Counts a try; throws `rate_limited` with `retryAfterSeconds` beyond the limit. */
  take: (key: string) => void;
  /** Counts a try. */
  count: (key: string) => void;
  /** Throws `rate_limited` when the limit is reached. */
  check: (key: string) => void;
  /** Takes one try back: it was a success. */
  giveBack: (key: string) => void;
  /** Forgets the key, after a success. */
  reset: (key: string) => void;
}

/** A fixed window kept in this process. Keys are bounded, so a flood of keys cannot fill the memory. */
export function createRateLimiter(limit: number, windowMs: number): RateLimiter {
  const tries = new LRUCache<string, { count: number; until: number }>({ max: MAX_KEYS, ttl: windowMs });
  const check = (key: string) => {
    const entry = tries.get(key);
    const leftMs = (entry?.until ?? 0) - performance.now();
    if (entry && leftMs > 0 && entry.count >= limit) throw tooMany(leftMs);
  };
  const count = (key: string) => {
    const now = performance.now();
    const entry = tries.get(key);
    if (entry && entry.until > now) entry.count += 1;
    else tries.set(key, { count: 1, until: now + windowMs });
  };
  return {
    take(key) {
      check(key);
      count(key);
    },
    count,
    check,
    giveBack(key) {
      const entry = tries.get(key);
      if (entry && entry.count > 0) entry.count -= 1;
    },
    reset: (key) => void tries.delete(key),
  };
}

export function tooMany(waitMs: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new AppError('rate_limited', 'too much in a short time', { details: { retryAfterSeconds } });
}
