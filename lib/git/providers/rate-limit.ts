import type { Response } from 'undici';

/** A host that names no time is left alone for this long, as GitHub asks for its secondary limits. */
const UNTOLD_MS = 60_000;
/** Whatever a host says, it is asked again after this long. */
const LONGEST_MS = 3_600_000;

const REMAINING = ['x-ratelimit-remaining', 'ratelimit-remaining'];
const RESETS = ['x-ratelimit-reset', 'ratelimit-reset'];

/** Until when the host wants no further request; null when it takes more. */
export function limitResetOf(response: Response, now = Date.now()): Date | null {
  const { status, headers } = response;
  const isRefused = status === 429 || status === 403 || status === 503;
  const retryAfter = headers.get('retry-after');
  if (retryAfter !== null && (isRefused || response.ok)) return within(now, readRetryAfter(retryAfter, now));
  const isSpent = REMAINING.some((name) => headers.get(name) === '0');
  if (isSpent) return within(now, readReset(headers, now));
  return status === 429 ? within(now, null) : null;
}

/** Requests that the host will still take in this period; null when it says nothing that can be read. */
export function remainingOf({ headers }: Response): number | null {
  const text = REMAINING.map((name) => headers.get(name)).find((value) => value !== null);
  return text && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** When the host counts anew; null when it says nothing that can be read. */
export function remainingResetOf({ headers }: Response, now = Date.now()): Date | null {
  const at = readReset(headers, now);
  return at === null || at <= now ? null : within(now, at);
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function readRetryAfter(text: string, now: number): number | null {
  if (/^\d{1,7}$/.test(text)) return now + Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

/** Seconds since 1970. */
function readReset(headers: Response['headers'], now: number): number | null {
  const text = RESETS.map((name) => headers.get(name)).find((value) => value !== null);
  if (!text || !/^\d{1,13}$/.test(text)) return null;
  const seconds = Number(text);
  // A draft of the standard header counts from now on.
  return seconds < 1_000_000_000 ? now + seconds * 1000 : seconds * 1000;
}

function within(now: number, at: number | null): Date {
  return new Date(Math.min(Math.max(at ?? now + UNTOLD_MS, now), now + LONGEST_MS));
}
