import { stat } from 'node:fs/promises';
import { AppError } from '@/lib/errors';
import { type ByteReader, createByteReader } from './byte-reader';
import type { GitRepository } from './open-local';
import { type GitProcess, startGit } from './run-git';

/** A Git process that reads objects for one reader at a time. */
interface ObjectProcess {
  /** By directory: one that was made anew under the same name is another one. */
  directory: string;
  git: GitProcess;
  reader: ByteReader;
  startedAt: number;
  hasRested: boolean;
  /** Ends it when nobody came for a while. */
  idle: NodeJS.Timeout | undefined;
}

const IDLE_MS = 5_000;
/** Nobody is handed a process that might run out of its own time. */
const MAX_AGE_MS = 5 * 60_000;
const MAX_LIFE_MS = 20 * 60_000;
const MAX_AT_REST = 2;
/** Of all directories together. */
const MAX_AT_REST_IN_ALL = 8;
const BATCH = 500;

/** Longest at rest first. */
let atRest: ObjectProcess[] = [];

interface Questions<Answer> {
  /** `contents` or `info` of `git cat-file --batch-command`. */
  question: 'contents' | 'info';
  ids: readonly string[];
  readAnswer: (reader: ByteReader, id: string) => Promise<Answer>;
  signal?: AbortSignal;
  /** How long the process waits for the next questions. */
  idleMs?: number;
}

/**
 * Asks Git about objects and hands over what answers, one answer a question, in order. Starting Git costs more than most
 * questions: the process stays for the next ones.
 */
export async function* askObjects<Answer>(
  { gitDir }: GitRepository,
  questions: Questions<Answer>,
): AsyncGenerator<Answer, void> {
  const { ids, signal } = questions;
  if (ids.length === 0) return;
  if (signal?.aborted) throw stopped(signal);
  const directory = await identityOf(gitDir);
  const rested = takeRested(directory);
  if (rested && (yield* answersOf(rested, questions))) return;
  yield* answersOf(start(gitDir, directory), questions);
}

/** Whether there were answers: a process that died while nobody asked it anything has none, and nobody is to blame. */
async function* answersOf<Answer>(
  process: ObjectProcess,
  { question, ids, readAnswer, signal, idleMs = IDLE_MS }: Questions<Answer>,
): AsyncGenerator<Answer, boolean> {
  const { git, reader, hasRested } = process;
  const abort = (): void => git.kill();
  signal?.addEventListener('abort', abort, { once: true });
  const feeding = feed(git, question, ids);
  let answered = 0;
  try {
    for (const id of ids) {
      // Also for what came before the listener, and for answers that were there already.
      if (signal?.aborted) throw stopped(signal);
      const answer = await readAnswer(reader, id);
      answered += 1;
      yield answer;
    }
    return true;
  } catch (error) {
    if (signal?.aborted) throw stopped(signal);
    if (hasRested && answered === 0 && git.hasEnded()) return false;
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    // Answers nobody read would be taken for those of the next reader.
    const isFree = answered === ids.length && !signal?.aborted;
    if (!isFree) await end(process);
    await feeding;
    if (isFree) await leave(process, idleMs);
  }
}

function stopped(signal: AbortSignal): AppError {
  return new AppError('cancelled', 'git cat-file was cancelled', { cause: signal.reason });
}

/** A process keeps the files it opened, whatever lies in their place by now. */
async function identityOf(gitDir: string): Promise<string> {
  const found = await stat(gitDir, { bigint: true }).catch(() => null);
  return `${gitDir} ${found?.dev}:${found?.ino}:${found?.birthtimeNs}`;
}

function takeRested(directory: string): ObjectProcess | null {
  for (;;) {
    const known = atRest.findLast((process) => process.directory === directory);
    if (!known) return null;
    atRest = atRest.filter((process) => process !== known);
    clearTimeout(known.idle);
    if (known.git.hasEnded()) continue;
    known.git.rest(false);
    return known;
  }
}

function start(gitDir: string, directory: string): ObjectProcess {
  const git = startGit(['cat-file', '--batch-command', '--buffer'], {
    gitDir,
    timeoutMs: MAX_LIFE_MS,
    maxOutputBytes: Number.POSITIVE_INFINITY,
  });
  const reader = createByteReader(git.stdout);
  return { directory, git, reader, startedAt: performance.now(), hasRested: false, idle: undefined };
}

async function leave(process: ObjectProcess, idleMs: number): Promise<void> {
  const others = atRest.filter(({ directory }) => directory === process.directory);
  const isOld = performance.now() - process.startedAt > MAX_AGE_MS;
  if (process.git.hasEnded() || isOld || others.length >= MAX_AT_REST) return end(process);
  process.hasRested = true;
  process.git.rest(true);
  process.idle = setTimeout(() => void end(process), idleMs).unref();
  atRest.push(process);
  const [oldest] = atRest;
  if (oldest && atRest.length > MAX_AT_REST_IN_ALL) await end(oldest);
}

async function end(process: ObjectProcess): Promise<void> {
  atRest = atRest.filter((other) => other !== process);
  clearTimeout(process.idle);
  process.git.kill();
  // Unread output would keep its pipe and the timer of the process open.
  await process.git.stdout.return();
}

/** Git answers a batch when it is told to, and reads the next one when its answers were taken. */
async function feed({ stdin }: GitProcess, question: string, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length && stdin.writable; start += BATCH) {
    const lines = ids.slice(start, start + BATCH).map((id) => `${question} ${id}\n`);
    const isTaken = stdin.write(`${lines.join('')}flush\n`);
    if (!isTaken) await drained(stdin);
  }
}

function drained(stdin: GitProcess['stdin']): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      stdin.off('drain', settle).off('close', settle);
      resolve();
    };
    stdin.on('drain', settle).on('close', settle);
  });
}
