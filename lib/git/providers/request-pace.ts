import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '@/lib/errors';

export type RequestKind = 'read' | 'write';

/** Turns of all requests that are made with one credential. */
export interface RequestPace {
  /** Waits for a turn. Throws `provider_rate_limited`, with `details.retryAt`, when it would come too late to wait for. */
  takeTurn: (kind: RequestKind, signal?: AbortSignal) => Promise<Disposable>;
  /** The host wants no request before then. */
  blockUntil: (at: Date) => Promise<void>;
  /** Requests that the host still takes until then. */
  tellRemaining: (remaining: number, resetAt: Date) => Promise<void>;
}

/** What other processes know that ask with the same credential. Never throws; where nothing is known, nobody waits. */
export interface SharedPace {
  /** Until a request of this kind may begin; the turn is taken unless it is too far away to wait for. */
  waitMs: (kind: RequestKind, limits: PaceLimits) => Promise<number>;
  block: (ms: number) => Promise<void>;
  tellRemaining: (remaining: number, resetMs: number) => Promise<void>;
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

export function createRequestPace(limits: PaceLimits = PACE_LIMITS, shared: SharedPace | null = null): RequestPace {
  const now = Date.now;
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

  /** Nobody else takes the moment of a write, while others are asked whether it is free. */
  function keep(kind: RequestKind, at: number): number | null {
    if (kind === 'read') return null;
    const begins = Math.max(at, now());
    writes = [...writes, begins].sort((a, b) => a - b);
    return begins;
  }

  function forget(kept: number | null): void {
    const place = kept === null ? -1 : writes.indexOf(kept);
    if (place >= 0) writes.splice(place, 1);
  }

  async function waitFor(kind: RequestKind, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const own = Math.max(blockedUntil, kind === 'write' ? nextWriteAt() : 0);
      if (own - now() > limits.longestWaitMs) throw tooLate(own);
      const kept = keep(kind, own);
      // Counted from the answer on: a moment read before would be early by the time that the question took.
      const sharedMs = shared ? await shared.waitMs(kind, limits) : 0;
      const at = shared ? Math.max(own, now() + sharedMs) : own;
      const waitMs = at - now();
      const isTooLate = waitMs > limits.longestWaitMs;
      if (at > own || isTooLate) forget(kept);
      if (isTooLate) throw tooLate(at);
      if (at > own) keep(kind, at);
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
    async blockUntil(at) {
      blockedUntil = Math.max(blockedUntil, at.getTime());
      await shared?.block(at.getTime() - now());
    },
    async tellRemaining(remaining, resetAt) {
      await shared?.tellRemaining(remaining, resetAt.getTime() - now());
    },
  };
}

function tooLate(at: number): AppError {
  const retryAt = new Date(at).toISOString();
  return new AppError('provider_rate_limited', `the host takes no request before ${retryAt}`, { details: { retryAt } });
}
