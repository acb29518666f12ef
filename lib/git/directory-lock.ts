import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@/lib/errors';

const HEARTBEAT_MS = 2_000;
/** An owner silent for so long is dead; its lock is taken over. */
const STALE_MS = 15_000;
const POLL_MS = 100;

/** Runs one task at a time for a path, over all processes that see the same disk. */
export async function withDirectoryLock<Result>(
  path: string,
  task: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const lock = `${path}.lock`;
  const owner = randomUUID();
  while (!(await tryLock(lock, owner))) {
    if (signal?.aborted) throw new AppError('cancelled', 'cancelled while waiting for a mirror');
    const held = await stat(lock).catch(() => null);
    if (held && Date.now() - held.mtimeMs > STALE_MS) await rm(lock, { force: true });
    else await delay(POLL_MS);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => {});
  }, HEARTBEAT_MS);
  try {
    return await task();
  } finally {
    clearInterval(heartbeat);
    const holder = await readFile(lock, 'utf8').catch(() => '');
    if (holder === owner) await rm(lock, { force: true });
  }
}

async function tryLock(lock: string, owner: string): Promise<boolean> {
  try {
    await writeFile(lock, owner, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
