import { once } from 'node:events';
import { AppError } from '@/lib/errors';
import { type ChildSpec, startChild, stopChild } from './child';

/** What an errand answers on its channel. */
export type ErrandReply<T> = { result: T } | { problem: string };

const TIMEOUT_MS = 10 * 60_000;
/** What was to be done is done with the answer; a connection left open must not hold up the start. */
const LEAVE_TIMEOUT_MS = 3_000;

/** Runs a program that does one thing and answers. The signal ends it at once. */
export async function runErrand<T>(spec: ChildSpec, signal: AbortSignal): Promise<T> {
  const child = startChild(spec);
  const replied = once(child.process, 'message').then(([reply]) => reply as ErrandReply<T>);
  const onAbort = () => void stopChild(child, 0);
  const timer = setTimeout(onAbort, TIMEOUT_MS);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  const reply = await Promise.race([replied, child.exited.then(failedWith(spec))]);
  clearTimeout(timer);
  signal.removeEventListener('abort', onAbort);
  const leaving = setTimeout(onAbort, LEAVE_TIMEOUT_MS);
  await child.exited;
  clearTimeout(leaving);
  if ('problem' in reply) throw new AppError('unavailable', reply.problem);
  return reply.result;
}

/** Does the one thing of an errand and tells the supervisor. */
export async function answer<T>(work: () => Promise<T>): Promise<void> {
  let reply: ErrandReply<T>;
  try {
    reply = { result: await work() };
  } catch (error) {
    console.error(error);
    reply = { problem: error instanceof Error ? error.message : String(error) };
  }
  process.send?.(reply, () => process.disconnect());
}

function failedWith({ name, logFile }: ChildSpec): (how: string) => { problem: string } {
  return (how) => ({ problem: `${name} failed (${how}); see ${logFile}.` });
}
