/** A loop that did not come round for so long stands still, unless something it needs is away. */
const STANDSTILL_MS = 120_000;
const CHECK_MS = 2_000;

export type Check = 'ok' | 'failed';

interface HealthParts {
  /** What the worker needs, tried one by one; each throws when it is out of reach. */
  needs: Readonly<Record<'database' | 'queue', () => Promise<void>>>;
  now?: () => number;
}

export interface WorkerHealth {
  /** A loop came round. */
  turn: (loop: string) => void;
  /** From now on the worker takes no further job. */
  drain: () => void;
  isDraining: () => boolean;
  checkReady: () => Promise<{ isReady: boolean; isDraining: boolean; checks: Record<string, Check> }>;
  /**
   * True as long as the loops turn. That the event loop turns is shown by answering at all; a loop that waits for a database or
   * queue out of reach is no reason to end the worker.
   */
  checkLive: () => Promise<{ isLive: boolean; standing: string[] }>;
}

export function createWorkerHealth({ needs, now = () => performance.now() }: HealthParts): WorkerHealth {
  const turnedAt = new Map<string, number>();
  let isDraining = false;

  async function checkNeeds(): Promise<Record<string, Check>> {
    const checks = await Promise.all(
      Object.entries(needs).map(async ([name, reach]): Promise<[string, Check]> => [name, await tryOnce(reach)]),
    );
    return Object.fromEntries(checks);
  }

  const areAll = (checks: Record<string, Check>) => Object.values(checks).every((check) => check === 'ok');

  return {
    turn: (loop) => {
      turnedAt.set(loop, now());
    },
    drain: () => {
      isDraining = true;
    },
    isDraining: () => isDraining,
    async checkReady() {
      const checks = await checkNeeds();
      return { isReady: !isDraining && areAll(checks), isDraining, checks };
    },
    async checkLive() {
      const standing = [...turnedAt].flatMap(([loop, at]) => (now() - at > STANDSTILL_MS ? [loop] : []));
      const isLive = standing.length === 0 || !areAll(await checkNeeds());
      return { isLive, standing };
    },
  };
}

async function tryOnce(reach: () => Promise<void>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(resolve, CHECK_MS, 'failed');
  });
  const tried = reach().then(
    (): Check => 'ok',
    (): Check => 'failed',
  );
  return Promise.race([tried, late]).finally(() => clearTimeout(timer));
}
