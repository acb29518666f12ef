import { LRUCache } from 'lru-cache';
import { env } from '@/lib/env';
import type { Identity } from './identity';
import { createPace } from './pace';
import { tooMany } from './rate-limit';

/** Part of a minute's requests that may come at once: a page asks several things, a script begins with a list. */
const BURST = 0.25;

const paces = new LRUCache<string, () => number>({ max: 20_000 });

/** Throws `rate_limited` for a token or person that asks more than `ELDER_API_RATE`. */
export function keepApiPace({ limitKey }: Identity, perMinute = env().ELDER_API_RATE): void {
  let pace = paces.get(limitKey);
  if (!pace) {
    pace = createPace(perMinute, Math.ceil(perMinute * BURST));
    paces.set(limitKey, pace);
  }
  const waitMs = pace();
  if (waitMs > 0) throw tooMany(waitMs);
}
