import { AppError } from '@/lib/errors';

interface TurnLimits {
  atOnce: number;
  /** Beyond them nobody else may wait. */
  waiting: number;
}

export type TakeTurn = <Value>(run: () => Promise<Value>, signal?: AbortSignal) => Promise<Value>;

/** Lets a few run at once, first come first served; who finds no room to wait, or waits too long, is `overloaded`. */
export function createTurns({ atOnce, waiting }: TurnLimits): TakeTurn {
  const line: (() => void)[] = [];
  let running = 0;

  async function enter(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) throw overloaded();
    if (running < atOnce) {
      running += 1;
      return;
    }
    if (line.length >= waiting) throw overloaded();
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        line.splice(line.indexOf(admit), 1);
        reject(overloaded());
      };
      const admit = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      line.push(admit);
    });
  }

  return async (run, signal) => {
    await enter(signal);
    try {
      return await run();
    } finally {
      // The turn is handed on, so that nobody slips in between.
      const admitNext = line.shift();
      if (admitNext) admitNext();
      else running -= 1;
    }
  };
}

/** The same for each key by itself: who asks much lets only those wait who ask under the same key. */
export function createTurnsByKey(
  limits: TurnLimits,
): <Value>(key: string, run: () => Promise<Value>, signal?: AbortSignal) => Promise<Value> {
  const lines = new Map<string, { takeTurn: TakeTurn; users: number }>();
  return async (key, run, signal) => {
    const line = lines.get(key) ?? { takeTurn: createTurns(limits), users: 0 };
    lines.set(key, line);
    line.users += 1;
    try {
      return await line.takeTurn(run, signal);
    } finally {
      line.users -= 1;
      if (line.users === 0) lines.delete(key);
    }
  };
}

function overloaded(): AppError {
  return new AppError('overloaded', 'too many ask for the same at once');
}
