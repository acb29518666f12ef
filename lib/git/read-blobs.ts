import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { AppError } from '@/lib/errors';
import { createByteReader } from './byte-reader';
import { isBroken } from './mirror-seal';
import type { GitRepository } from './open-local';
import { startGit } from './run-git';

export interface Blob {
  blobId: string;
  /** null when the object is missing from the repository, is no blob, or is not what its id says. */
  sizeBytes: number | null;
  /** null for those, and for what is larger than asked for. */
  bytes: Buffer | null;
}

/** Blobs in the order asked for, from one Git process that goes at the caller's pace. */
export async function* readBlobs(
  repository: GitRepository,
  blobIds: readonly string[],
  signal?: AbortSignal,
  maxBytes: number = Number.POSITIVE_INFINITY,
): AsyncGenerator<Blob, void> {
  if (blobIds.length === 0) return;
  const git = startGit(['cat-file', '--batch', '--buffer'], {
    gitDir: repository.gitDir,
    signal,
    maxOutputBytes: Number.POSITIVE_INFINITY,
  });
  const feeding = feed(git.stdin, blobIds);
  const reader = createByteReader(git.stdout);
  let isWhole: Promise<void> | undefined;
  try {
    for (const blobId of blobIds) {
      const [, type, size] = (await reader.line()).split(' ');
      if (type === 'missing' || type === 'ambiguous') {
        isWhole ??= assertWhole(repository);
        await isWhole;
        yield { blobId, sizeBytes: null, bytes: null };
        continue;
      }
      const length = Number(size);
      const isWanted = type === 'blob' && length <= maxBytes;
      const bytes = isWanted ? await reader.take(length) : null;
      await reader.skip(isWanted ? 1 : length + 1);
      // Git reads a loose object without checking that it belongs under its name.
      const isForged = bytes !== null && blobIdOf(bytes, blobId.length) !== blobId;
      yield isForged
        ? { blobId, sizeBytes: null, bytes: null }
        : { blobId, sizeBytes: type === 'blob' ? length : null, bytes };
    }
    await reader.end();
  } finally {
    git.kill();
    await feeding;
  }
}

/** What a mirror lost is no statement about the repository. */
async function assertWhole({ gitDir }: GitRepository): Promise<void> {
  if (await isBroken(gitDir)) throw new AppError('unavailable', 'the mirror was removed or cut short');
}

/** The id Git gives these bytes, in the format of an id of so many digits. */
function blobIdOf(bytes: Buffer, digits: number): string {
  return createHash(digits === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

async function feed(stdin: Writable, blobIds: readonly string[]): Promise<void> {
  const BATCH = 500;
  for (let start = 0; start < blobIds.length && stdin.writable; start += BATCH) {
    const lines = `${blobIds.slice(start, start + BATCH).join('\n')}\n`;
    if (!stdin.write(lines)) await Promise.race([once(stdin, 'drain'), once(stdin, 'close')]).catch(() => {});
  }
  stdin.end();
}
