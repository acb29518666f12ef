/** What came of one try to send. */
export interface Outcome {
  isDelivered: boolean;
  /** Code of why not. */
  problem: string | null;
  /** HTTP or SMTP. */
  responseStatus: number | null;
  /** How the answer began. */
  response: string | null;
  /** Whether the same may arrive later. */
  isRetryable: boolean;
  /** The other end says that this channel is no more. */
  isGone: boolean;
  /** What the other end asked to wait. */
  retryAfterMs: number | null;
}

const GONE = new Set([403, 404, 410]);
const PASSING = new Set([408, 409, 425, 429]);
const MOST_RESPONSE = 300;
const MOST_WAIT_MS = 24 * 3600_000;

/** What an HTTP answer to a message means. */
export function outcomeOf(
  status: number,
  { body, retryAfter, now }: { body: string; retryAfter: string | null; now: Date },
): Outcome {
  const isDelivered = status >= 200 && status < 300;
  const isGone = GONE.has(status);
  const isRetryable = PASSING.has(status) || status >= 500;
  const problem = isGone ? 'channel_gone' : isRetryable ? 'channel_unavailable' : 'channel_rejected';
  return {
    isDelivered,
    problem: isDelivered ? null : problem,
    responseStatus: status,
    response: beginningOf(body),
    isRetryable,
    isGone,
    retryAfterMs: isDelivered ? null : readRetryAfter(retryAfter, now),
  };
}

/** Seconds, or a date, by RFC 9110; null for anything else. */
export function readRetryAfter(value: string | null, now: Date): number | null {
  if (value === null) return null;
  const ms = /^\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, MOST_WAIT_MS) : null;
}

const DELAYS_MS = [10_000, 60_000, 5 * 60_000, 30 * 60_000, 2 * 3600_000, 5 * 3600_000, 8 * 3600_000, 8 * 3600_000];
/** Of each delay, either way: receivers that come back are not met by all at once. */
const JITTER = 0.2;

/** How long to wait after so many tries; null when it was tried for a day. */
export function delayAfter(tries: number, retryAfterMs: number | null, random = Math.random()): number | null {
  const delay = DELAYS_MS[tries - 1];
  if (delay === undefined) return null;
  return Math.max(Math.round(delay * (1 - JITTER + 2 * JITTER * random)), retryAfterMs ?? 0);
}

function beginningOf(body: string): string | null {
  const text = body.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim();
  return text === '' ? null : text.slice(0, MOST_RESPONSE);
}
