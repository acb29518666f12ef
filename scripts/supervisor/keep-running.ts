import { setTimeout as sleep } from 'node:timers/promises';
import { createBackoff } from './backoff';

interface Running {
  exited: Promise<string>;
}

export interface Kept<T extends Running> {
  /** What runs now, if it does. */
  current(): T | undefined;
  /** Ends what runs with `stop`, to start it afresh at once. */
  renew(stop: (running: T) => Promise<void>): Promise<void>;
  /** No more restarts; ends what runs with `stop`. */
  stop(stop: (running: T) => Promise<void>): Promise<void>;
}

/** Starts something again whenever it ends. `onEnd` hears how it ended and when the next start is due. */
export function keepRunning<T extends Running>(
  first: T,
  start: () => T | Promise<T>,
  onEnd: (how: string, delayMs: number) => void,
): Kept<T> {
  const stopping = new AbortController();
  const backoff = createBackoff();
  let current: T | undefined = first;
  let starting: Promise<unknown> = Promise.resolve();
  let isRenewed = false;

  const watch = async (): Promise<void> => {
    let startedAt = performance.now();
    let how = await first.exited;
    while (!stopping.signal.aborted) {
      current = undefined;
      if (!isRenewed) {
        const delayMs = backoff(performance.now() - startedAt);
        onEnd(how, delayMs);
        await sleep(delayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
      isRenewed = false;
      if (stopping.signal.aborted) return;

      startedAt = performance.now();
      const attempt = Promise.resolve().then(start);
      starting = attempt.catch(() => undefined);
      how = await attempt.then(
        (running) => {
          current = running;
          return running.exited;
        },
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
    }
  };
  void watch();

  return {
    current: () => current,
    async renew(stop) {
      if (!current || isRenewed) return;
      isRenewed = true;
      await stop(current);
    },
    async stop(stop) {
      stopping.abort();
      await starting;
      if (current) await stop(current);
    },
  };
}
