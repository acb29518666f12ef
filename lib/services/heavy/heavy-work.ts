import type { Worker } from 'node:worker_threads';
import { AppError } from '@/lib/errors';
import { startThread } from '@/lib/start-thread';
import { createTurns } from '../turns';
import type { HeavyAnswer, HeavyQuestion } from './heavy-messages';
import type { HeavyTasks } from './heavy-tasks';

type Name = keyof HeavyTasks;
type Input<Task extends Name> = Parameters<HeavyTasks[Task]>[0];
type Output<Task extends Name> = Awaited<ReturnType<HeavyTasks[Task]>>;

export interface HeavyWork {
  /** What the task gives, null when it takes too long or needs too much memory. Throws what the task refuses. */
  run<Task extends Name>(
    teamId: string,
    name: Task,
    input: Input<Task>,
    signal?: AbortSignal,
  ): Promise<Output<Task> | null>;
}

interface HeavyOptions {
  /** A thread that needs longer is replaced. */
  timeoutMs?: number;
  /** A thread that had nothing to do for so long is ended: it holds grammars and compiled code. */
  idleMs?: number;
  waiting?: number;
}

interface Thread {
  worker: Worker;
  /** Takes what the thread says next, or why it says nothing any more. */
  hear: (word: HeavyAnswer | Error) => void;
  idle?: NodeJS.Timeout;
}

const START_TIMEOUT_MS = 60_000;
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 16 };

/** One thread for work that would otherwise silence the web process: started on demand, one task after the other, teams in turn. */
export function createHeavyWork({ timeoutMs = 10_000, idleMs = 15_000, waiting = 20 }: HeavyOptions = {}): HeavyWork {
  const takeTurn = createTurns({ atOnce: 1, waiting });
  let thread: Thread | null = null;

  async function ask(question: HeavyQuestion): Promise<unknown> {
    thread ??= await startLoaded();
    const own = thread;
    clearTimeout(own.idle);
    own.worker.ref();
    let isSpent = true;
    try {
      const answer = await nextAnswer(own, timeoutMs, () => own.worker.postMessage(question));
      isSpent = answer === null || (answer.kind === 'value' && answer.isWorn);
      if (answer?.kind === 'refusal') throw new AppError(answer.code, answer.message, { details: answer.details });
      return answer?.kind === 'value' ? answer.value : null;
    } finally {
      if (isSpent) end(own);
      else rest(own);
    }
  }

  function rest(own: Thread): void {
    own.worker.unref();
    own.idle = setTimeout(() => end(own), idleMs).unref();
  }

  function end(own: Thread): void {
    clearTimeout(own.idle);
    if (thread === own) thread = null;
    void own.worker.terminate();
  }

  return {
    run: <Task extends Name>(teamId: string, name: Task, input: Input<Task>, signal?: AbortSignal) =>
      takeTurn(teamId, () => ask({ name, input }), signal) as Promise<Output<Task> | null>,
  };
}

async function startLoaded(): Promise<Thread> {
  const worker = startThread({ source: 'lib/services/heavy/heavy-thread.ts', resourceLimits: RESOURCE_LIMITS });
  const own: Thread = { worker, hear: () => {} };
  worker.on('message', (answer: HeavyAnswer) => own.hear(answer));
  worker.on('error', (error: Error) => own.hear(error));
  worker.on('exit', () => own.hear(new Error('the thread ended')));
  const ready = await nextAnswer(own, START_TIMEOUT_MS).catch(() => null);
  if (ready) return own;
  void worker.terminate();
  throw new AppError('overloaded', 'the thread for heavy work could not be started');
}

/** null when the thread says nothing in time, or has no memory left. */
function nextAnswer(own: Thread, timeoutMs: number, ask?: () => void): Promise<HeavyAnswer | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), timeoutMs);
    own.hear = (word) => {
      clearTimeout(timer);
      if (!(word instanceof Error)) resolve(word);
      else if ('code' in word && word.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(null);
      else reject(new AppError('internal', 'the thread for heavy work failed', { cause: word }));
    };
    ask?.();
  });
}

const shared = createHeavyWork();

/** In the thread of this process. */
export const runHeavy: HeavyWork['run'] = shared.run;
