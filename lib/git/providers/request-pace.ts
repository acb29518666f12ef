import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '@/lib/errors';

export type RequestKind = 'read' | 'write';

/** Turns of all requests that are made with one credential. */
export interface RequestPace {
  /** Waits for a turn. Throws `provider_rate_limited`, with `details.retryAt`, when it would come too late to wait for. */
  takeTurn: (kind: RequestKind, signal?: AbortSignal) => Promise<Disposable>;
  /** The host wants no request before then. */
  blockUntil: (at: Date) => void;
}

export interface PaceLimits {
  /** Requests under way at once. */
  concurrent: number;
  /** Between the beginnings of two writes; GitHub asks for a second. */
  writeGapMs: number;
  /** Writes in any minute and hour: GitHub takes 80 and 500 that make content. */
  writesPerMinute: number;
  writesPerHour: number;
  /** Waits longer than this are for the queue, not for whoever asks. */
  longestWaitMs: number;
}

export const PACE_LIMITS: PaceLimits = {
  concurrent: 4,
  writeGapMs: 1_000,
  writesPerMinute: 50,
  writesPerHour: 400,
  longestWaitMs: 5_000,
};

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

export function createRequestPace(limits: PaceLimits = PACE_LIMITS, now: () => number = Date.now): RequestPace {
  let running = 0;
  let blockedUntil = 0;
  /** When the writes of the last hour began, or will. */
  let writes: number[] = [];
  const waiting: (() => void)[] = [];

  function nextWriteAt(): number {
    const at = now();
    writes = writes.filter((began) => began > at - HOUR_MS);
    const ofMinute = writes.at(-limits.writesPerMinute);
    const ofHour = writes.at(-limits.writesPerHour);
    return Math.max(
      at,
      (writes.at(-1) ?? 0) + limits.writeGapMs,
      ofMinute === undefined ? 0 : ofMinute + MINUTE_MS,
      ofHour === undefined ? 0 : ofHour + HOUR_MS,
    );
  }

  async function waitFor(kind: RequestKind, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const at = Math.max(blockedUntil, kind === 'write' ? nextWriteAt() : 0);
      const waitMs = at - now();
      if (waitMs > limits.longestWaitMs) throw tooLate(at);
      if (kind === 'write') writes.push(Math.max(at, now()));
      if (waitMs <= 0) return;
      await wait(waitMs, undefined, { signal });
      // It may have been told to wait longer meanwhile.
      if (blockedUntil <= now()) return;
    }
  }

  return {
    async takeTurn(kind, signal) {
      signal?.throwIfAborted();
      if (running >= limits.concurrent) await new Promise<void>((resolve) => waiting.push(resolve));
      else running++;
      const release = () => {
        const next = waiting.shift();
        if (next) next();
        else running--;
      };
      try {
        await waitFor(kind, signal);
      } catch (error) {
        release();
        throw error;
      }
      return { [Symbol.dispose]: release };
    },
    blockUntil(at) {
      blockedUntil = Math.max(blockedUntil, at.getTime());
    },
  };
}

function tooLate(at: number): AppError {
  const retryAt = new Date(at).toISOString();
  return new AppError('provider_rate_limited', `the host takes no request before ${retryAt}`, { details: { retryAt } });
}
