import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@/lib/errors';

const STOP_TIMEOUT_MS = 60_000;

/** Stops a PostgreSQL of this directory that outlived the process which started it. */
export async function stopLeftover(directory: string): Promise<void> {
  const pid = postmasterPid(directory);
  if (pid === undefined || !commandLine(pid).includes(directory)) return;

  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (commandLine(pid).includes(directory)) {
    if (Date.now() > deadline)
      throw new AppError('unavailable', `A PostgreSQL (process ${pid}) does not let go of ${directory}.`);
    await sleep(50);
  }
}

export function postmasterPid(directory: string): number | undefined {
  try {
    const pid = Number(readFileSync(path.join(directory, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Empty when there is no such process. Tells our PostgreSQL from one that was given its number later. */
function commandLine(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
}
