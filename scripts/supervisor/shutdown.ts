import { onParentGone } from './parent';
import type { Terminal } from './terminal';

export interface Shutdown {
  /** What to undo at the end: the latest first. */
  add(cleanUp: () => Promise<void>): void;
  /** Throws when the end was asked for, so that a start goes no further. */
  check(): void;
  /** Aborts when the end was asked for: what a start waits for need not be waited for. */
  signal: AbortSignal;
  /** Runs a start. When it fails all is undone before the failure is told. */
  during(start: Promise<void>): Promise<void>;
}

/** Ends everything in order on a signal, or when npm, which started us, is gone. */
export function createShutdown(terminal: Terminal): Shutdown {
  const cleanUps: (() => Promise<void>)[] = [];
  const asked = new AbortController();
  let isAsked = false;
  let starting: Promise<void> = Promise.resolve();

  const undo = async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) {
      await cleanUp().catch((error: unknown) => terminal.complain(String(error)));
    }
  };
  const end = async () => {
    if (isAsked) return;
    isAsked = true;
    asked.abort();
    await starting.catch(() => undefined);
    await undo();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
  if (process.env.npm_lifecycle_event) onParentGone(() => void end());

  return {
    signal: asked.signal,
    add: (cleanUp) => cleanUps.push(cleanUp),
    check() {
      if (isAsked) throw new Error('The start was stopped.');
    },
    async during(start) {
      starting = start;
      try {
        await start;
      } catch (error) {
        if (isAsked) return await new Promise(() => undefined);
        isAsked = true;
        await undo();
        throw error;
      }
    },
  };
}
