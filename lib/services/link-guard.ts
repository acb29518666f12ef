import { limitKeyOf } from '@/lib/auth/client-address';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { isAppError } from '@/lib/errors';

/** A page says the same of all of them: the link opens nothing. */
export const LINK_REFUSALS = ['gone', 'rate_limited'] as const;

const FAILURES = 60;
const WINDOW_MS = 15 * 60_000;

/** Counts links that open nothing, by address: throws `rate_limited` for one that guesses. */
export function createLinkGuard() {
  const failures = createRateLimiter(FAILURES, WINDOW_MS);
  return async <Value>(address: string | null, use: () => Promise<Value>): Promise<Value> => {
    const key = limitKeyOf(address);
    failures.check(key);
    try {
      return await use();
    } catch (error) {
      if (isAppError(error) && error.code === 'gone') failures.count(key);
      throw error;
    }
  };
}
