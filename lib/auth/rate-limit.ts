import { LRUCache } from 'lru-cache';
import { AppError } from '@/lib/errors';

interface RateLimiter {
  /** Counts a try; throws `rate_limited` with `retryAfterSeconds` beyond the limit. */
  take: (key: string) => void;
  /** Takes one try back: it was a success. */
  giveBack: (key: string) => void;
  /** Forgets the key, after a success. */
  reset: (key: string) => void;
}

/** A fixed window kept in this process. Keys are bounded, so a flood of keys cannot fill the memory. */
export function createRateLimiter(limit: number, windowMs: number): RateLimiter {
  const tries = new LRUCache<string, { count: number; until: number }>({ max: 20_000, ttl: windowMs });
  return {
    take(key) {
      const now = Date.now();
      const entry = tries.get(key);
      if (!entry || entry.until <= now) {
        tries.set(key, { count: 1, until: now + windowMs });
        return;
      }
      entry.count += 1;
      if (entry.count > limit) {
        const retryAfterSeconds = Math.max(1, Math.ceil((entry.until - now) / 1000));
        throw new AppError('rate_limited', 'too many tries', { details: { retryAfterSeconds } });
      }
    },
    giveBack(key) {
      const entry = tries.get(key);
      if (entry && entry.count > 0) entry.count -= 1;
    },
    reset: (key) => void tries.delete(key),
  };
}
