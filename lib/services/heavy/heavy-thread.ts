import { parentPort } from 'node:worker_threads';
import { isAppError } from '@/lib/errors';
import { isParserWorn } from '@/lib/facts/code/grammar';
import type { HeavyAnswer, HeavyQuestion } from './heavy-messages';
import { HEAVY_TASKS } from './heavy-tasks';

const port = parentPort;
if (!port) throw new Error('heavy-thread runs in a worker thread only');

/** Whatever else is thrown ends the thread: a parser that failed inside may be left in any state. */
async function answer({ name, input }: HeavyQuestion): Promise<HeavyAnswer> {
  try {
    const task = HEAVY_TASKS[name as keyof typeof HEAVY_TASKS] as (input: unknown) => Promise<unknown>;
    const value = await task(input);
    return { kind: 'value', value, isWorn: isParserWorn() };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { kind: 'refusal', code: error.code, message: error.message, details: error.details };
  }
}

port.on('message', async (question: HeavyQuestion) => port.postMessage(await answer(question)));
port.postMessage({ kind: 'ready' } satisfies HeavyAnswer);
