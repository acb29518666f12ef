import { statfsSync } from 'node:fs';
import { AppError } from '@/lib/errors';

/** Below this PostgreSQL cannot even be set up. */
const LEAST_FREE_BYTES = 300 * 1024 * 1024;

export function assertDiskSpace(directory: string, leastBytes = LEAST_FREE_BYTES): void {
  const { bavail, bsize } = statfsSync(directory);
  if (bavail * bsize < leastBytes) throw diskFull(directory);
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
