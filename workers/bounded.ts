import { type Context, createContext, runInContext } from 'node:vm';

export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** Where the one context finds what it runs; a context of its own for each task would cost more than most tasks. */
const slot: { run?: (() => void) | undefined } = {};
let context: Context | undefined;

/**
 * Runs code that cannot be stopped from outside, and stops it when its time is over: an expression that a hostile
 * repository makes run for ever would otherwise silence the whole worker.
 */
export function runBounded<Result>(task: () => Result, timeoutMs: number): Result {
  const answer: { result?: Result } = {};
  context ??= createContext(slot);
  const outer = slot.run;
  slot.run = () => {
    answer.result = task();
  };
  try {
    runInContext('run()', context, { timeout: timeoutMs });
  } catch (cause) {
    const isTimeout = (cause as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw isTimeout ? new TimeLimitError(`stopped after ${timeoutMs} ms`, { cause }) : cause;
  } finally {
    slot.run = outer;
  }
  return answer.result as Result;
}
