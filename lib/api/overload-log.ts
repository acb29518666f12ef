import type { AppError } from '@/lib/errors';
import type { Logger } from '@/lib/logger';

const QUIET_MS = 10_000;

interface Said {
  /** Since the last line. */
  unsaid: number;
}

/**
 * Notes requests refused as `overloaded`: the first at once, those of the next ten seconds as one line with their number.
 * Who floods the server does not flood its log.
 */
export function createOverloadLog() {
  const quiet = new Map<string, Said>();

  return (log: Logger, { message: reason }: AppError, request: { method: string; path: string }): void => {
    const said = quiet.get(reason);
    if (said) {
      said.unsaid += 1;
      return;
    }
    const fresh: Said = { unsaid: 0 };
    quiet.set(reason, fresh);
    log.warn({ reason, requests: 1, ...request }, 'request refused: overloaded');
    setTimeout(() => {
      quiet.delete(reason);
      if (fresh.unsaid > 0) log.warn({ reason, requests: fresh.unsaid }, 'more requests refused: overloaded');
    }, QUIET_MS).unref();
  };
}
