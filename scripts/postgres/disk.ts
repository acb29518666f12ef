import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@/lib/errors';

/** Below this PostgreSQL cannot even be set up. */
const LEAST_FREE_MB = 300;

/** Looks at the disk that holds a directory, or will. */
export function assertDiskSpace(directory: string): void {
  const { bavail, bsize } = statfsSync(existingParent(directory));
  if (bavail * bsize >= LEAST_FREE_MB * 1024 * 1024) return;
  throw new AppError(
    'unavailable',
    `The disk that holds ${directory} is full: less than ${LEAST_FREE_MB} MB are free.`,
  );
}

/** The directory itself, or the nearest one above it that exists. */
export function existingParent(directory: string): string {
  let existing = path.resolve(directory);
  while (!existsSync(existing)) existing = path.dirname(existing);
  return existing;
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
