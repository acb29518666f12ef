import { LRUCache } from 'lru-cache';
import { networkOf } from '@/lib/auth/client-address';
import { createRateLimiter } from '@/lib/auth/rate-limit';
import { createTurns } from './turns';

/** Refused deliveries of one network within the window. */
const MAX_REFUSED = 100;
const WINDOW_MS = 5 * 60_000;
const KNOWN_MS = 3_600_000;

const refused = createRateLimiter(MAX_REFUSED, WINDOW_MS);
/** Hosts send for everybody from the same few addresses: who guesses there shuts nobody out whose deliveries were signed. */
const known = new LRUCache<string, true>({ max: 20_000, ttl: KNOWN_MS });

/** Throws `rate_limited` for a network that sent too much that was not signed, before anything is read. */
export function refuseGuesser(address: string, place: string): void {
  if (!known.has(keyOf(address, place))) refused.check(networkOf(address));
}

export function noteSignedDelivery(address: string, place: string): void {
  known.set(keyOf(address, place), true);
}

export function noteRefusedDelivery(address: string, place: string): void {
  if (!known.has(keyOf(address, place))) refused.count(networkOf(address));
}

function keyOf(address: string, place: string): string {
  return `${networkOf(address)} ${place}`;
}

/** Beyond it a body takes its turn: nobody is known yet, and it is held in memory. */
const SMALL_BYTES = 512 * 1024;
const TURN_MS = 5_000;
const takeLargeTurn = createTurns({ atOnce: 8, ofOneAtOnce: 8, waiting: 100 });

export function takeDeliveryTurn<Value>(headers: Headers, read: () => Promise<Value>): Promise<Value> {
  const declared = headers.has('transfer-encoding') ? null : headers.get('content-length');
  const isSmall = declared !== null && Number(declared) <= SMALL_BYTES;
  return isSmall ? read() : takeLargeTurn('deliveries', read, AbortSignal.timeout(TURN_MS));
}
