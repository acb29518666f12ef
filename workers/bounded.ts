import { createContext, runInContext } from 'node:vm';

export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/**
 * Runs code that cannot be stopped from outside, and stops it when its time is over: an expression that a hostile
 * repository makes run for ever would otherwise silence the whole worker.
 */
export function runBounded<Result>(task: () => Result, timeoutMs: number): Result {
  const answer: { result?: Result } = {};
  const context = createContext({
    run: () => {
      answer.result = task();
    },
  });
  try {
    runInContext('run()', context, { timeout: timeoutMs });
  } catch (cause) {
    const isTimeout = (cause as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw isTimeout ? new TimeLimitError(`stopped after ${timeoutMs} ms`, { cause }) : cause;
  }
  return answer.result as Result;
}
