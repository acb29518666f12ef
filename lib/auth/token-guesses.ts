import { LRUCache } from 'lru-cache';
import { limitKeyOf } from './client-address';
import { createRateLimiter } from './rate-limit';

const KNOWN_MS = 3600_000;

interface GuessLimiter {
  /** Throws `rate_limited` for an address with too many failures, unless the token worked lately. */
  check: (address: string, tokenHash: string) => void;
  succeeded: (tokenHash: string) => void;
  failed: (address: string, tokenHash: string) => void;
}

/**
 * Counts different tokens that failed, by address. One token that fails again and again is a machine with an old
 * setting, and tokens that work are not shut out by a neighbour.
 */
export function createGuessLimiter(limit: number, windowMs: number): GuessLimiter {
  const failures = createRateLimiter(limit, windowMs);
  const seen = new LRUCache<string, true>({ max: 20_000, ttl: windowMs });
  const known = new LRUCache<string, true>({ max: 5000, ttl: KNOWN_MS });
  return {
    check(address, tokenHash) {
      if (!known.has(tokenHash)) failures.check(limitKeyOf(address));
    },
    succeeded: (tokenHash) => void known.set(tokenHash, true),
    failed(address, tokenHash) {
      const network = limitKeyOf(address);
      const guess = `${network} ${tokenHash}`;
      if (seen.has(guess)) return;
      seen.set(guess, true);
      failures.count(network);
    },
  };
}
