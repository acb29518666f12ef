import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@/lib/errors';

/** Keeps a second start off a data directory. A lock whose holder is gone counts for nothing. */
export function lockDataDirectory(directory: string): Disposable {
  const file = lockFile(directory);
  const mine = `${process.pid} ${startOf(process.pid)}\n`;
  if (!create(file, mine)) {
    const held = readFileSync(file, 'utf8');
    if (isHeld(held)) throw inUse(directory, held);
    takeAway(file, held);
    if (!create(file, mine)) throw inUse(directory, readFileSync(file, 'utf8'));
  }
  return {
    [Symbol.dispose]() {
      if (existsSync(file) && readFileSync(file, 'utf8') === mine) rmSync(file);
    },
  };
}

export function assertUnlocked(directory: string): void {
  const file = lockFile(directory);
  if (!existsSync(file)) return;
  const held = readFileSync(file, 'utf8');
  if (isHeld(held)) throw inUse(directory, held);
}

function lockFile(directory: string): string {
  return path.join(directory, 'lock');
}

function create(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

// A process number is given again later, in a container even after each restart; the time of its start tells them apart.
function isHeld(content: string): boolean {
  const [pid, ...start] = content.trim().split(' ');
  return start.join(' ') !== '' && startOf(Number(pid)) === start.join(' ');
}

function takeAway(file: string, expected: string): void {
  const aside = `${file}.${process.pid}`;
  renameSync(file, aside);
  // Another start may have been quicker: then this is its lock.
  if (readFileSync(aside, 'utf8') === expected) rmSync(aside);
  else renameSync(aside, file);
}

/** Empty when there is no such process. */
function startOf(pid: number): string {
  try {
    if (!existsSync('/proc/self/stat')) {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim();
    }
    // The name, in parentheses, may hold spaces; the time of the start is the 20th field after it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function inUse(directory: string, held: string): AppError {
  return new AppError(
    'conflict',
    `Another Ancient Elder (process ${held.split(' ')[0]}) already runs on ${directory}; stop it or set ELDER_DATA_DIR.`,
  );
}
