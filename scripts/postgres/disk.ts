import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@/lib/errors';

/** Below this PostgreSQL cannot even be set up. */
const LEAST_FREE_BYTES = 300 * 1024 * 1024;

/** Looks at the disk that holds a directory, or will. */
export function assertDiskSpace(directory: string): void {
  let existing = path.resolve(directory);
  while (!existsSync(existing)) existing = path.dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  if (bavail * bsize < LEAST_FREE_BYTES) throw diskFull(directory);
}

export function isDiskFull(error: unknown): boolean {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === '53100';
}

export function saysDiskFull(output: string): boolean {
  return /No space left on device|Disk quota exceeded/.test(output);
}

export function diskFull(directory: string, cause?: unknown): AppError {
  return new AppError('unavailable', `The disk that holds ${directory} is full.`, { cause });
}
