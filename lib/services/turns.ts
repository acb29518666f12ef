import { AppError } from '@/lib/errors';

interface TurnLimits {
  atOnce: number;
  /** Of one account; one less than `atOnce`, where more than one may, unless given. */
  ofOneAtOnce?: number;
  /** Beyond them somebody has to go: the newcomer, or the last of whoever has most in line. */
  waiting: number;
}

/** `key`: on whose account the turn goes, mostly a team. */
export type TakeTurn = <Value>(key: string, run: () => Promise<Value>, signal?: AbortSignal) => Promise<Value>;

interface Waiting {
  admit(): void;
  refuse(): void;
}

interface Account {
  running: number;
  line: Waiting[];
}

/**
 * Lets a few run at once; who finds no room to wait, or waits too long, is `overloaded`. Accounts take turns, each first
 * come first served. None takes all there is, nor keeps another out of the line: who floods is refused.
 */
export function createTurns({ atOnce, waiting, ofOneAtOnce = Math.max(1, atOnce - 1) }: TurnLimits): TakeTurn {
  /** Those with something running or waiting; who had a turn last stands at the end. */
  const accounts = new Map<string, Account>();
  let running = 0;
  let inLine = 0;

  function enter(key: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) throw overloaded();
      const account = accounts.get(key) ?? { running: 0, line: [] };
      if (running < atOnce && account.running < ofOneAtOnce) {
        accounts.set(key, account);
        account.running += 1;
        running += 1;
        resolve();
        return;
      }
      if (inLine >= waiting && !makeRoom(account)) throw overloaded();
      const leave = (settle: () => void) => () => {
        account.line.splice(account.line.indexOf(place), 1);
        inLine -= 1;
        if (account.running === 0 && account.line.length === 0) accounts.delete(key);
        signal?.removeEventListener('abort', place.refuse);
        settle();
      };
      const place: Waiting = { admit: leave(resolve), refuse: leave(() => reject(overloaded())) };
      signal?.addEventListener('abort', place.refuse, { once: true });
      accounts.set(key, account);
      account.line.push(place);
      inLine += 1;
    });
  }

  function makeRoom(newcomer: Account): boolean {
    const lines = [...accounts.values()].map(({ line }) => line);
    const longest = lines.reduce<Waiting[]>((most, line) => (line.length > most.length ? line : most), []);
    if (longest.length <= newcomer.line.length + 1) return false;
    longest.at(-1)?.refuse();
    return true;
  }

  function exit(key: string): void {
    const own = accounts.get(key);
    accounts.delete(key);
    running -= 1;
    if (own) {
      own.running -= 1;
      if (own.running > 0 || own.line.length > 0) accounts.set(key, own);
    }
    for (const account of accounts.values()) {
      const [next] = account.line;
      if (!next || account.running >= ofOneAtOnce) continue;
      // The turn is handed on, so that nobody slips in between.
      account.running += 1;
      running += 1;
      next.admit();
      return;
    }
  }

  return async (key, run, signal) => {
    await enter(key, signal);
    try {
      return await run();
    } finally {
      exit(key);
    }
  };
}

/** The same for each key by itself: who asks much lets only those wait who ask under the same key. */
export function createTurnsByKey(limits: TurnLimits): TakeTurn {
  const lines = new Map<string, { takeTurn: TakeTurn; users: number }>();
  return async (key, run, signal) => {
    const line = lines.get(key) ?? { takeTurn: createTurns({ ...limits, ofOneAtOnce: limits.atOnce }), users: 0 };
    lines.set(key, line);
    line.users += 1;
    try {
      return await line.takeTurn(key, run, signal);
    } finally {
      line.users -= 1;
      if (line.users === 0) lines.delete(key);
    }
  };
}

function overloaded(): AppError {
  return new AppError('overloaded', 'too many ask for the same at once');
}
