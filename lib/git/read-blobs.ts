import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { createByteReader } from './byte-reader';
import type { GitRepository } from './open-local';
import { runGit, startGit } from './run-git';

export interface Blob {
  blobId: string;
  /** null when the object is missing from the repository or is no blob. */
  bytes: Buffer | null;
}

/** Blobs in the order asked for, from one Git process that goes at the caller's pace. */
export async function* readBlobs(
  repository: GitRepository,
  blobIds: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<Blob, void> {
  if (blobIds.length === 0) return;
  const git = startGit(['cat-file', '--batch', '--buffer'], {
    gitDir: repository.gitDir,
    signal,
    maxOutputBytes: Number.POSITIVE_INFINITY,
  });
  const feeding = feed(git.stdin, blobIds);
  const reader = createByteReader(git.stdout);
  try {
    for (const blobId of blobIds) {
      const [, type, size] = (await reader.line()).split(' ');
      const isFound = type !== 'missing' && type !== 'ambiguous';
      const bytes = isFound ? (await reader.take(Number(size) + 1)).subarray(0, -1) : null;
      yield { blobId, bytes: type === 'blob' ? bytes : null };
    }
    await reader.end();
  } finally {
    git.kill();
    await feeding;
  }
}

async function feed(stdin: Writable, blobIds: readonly string[]): Promise<void> {
  const BATCH = 500;
  for (let start = 0; start < blobIds.length && stdin.writable; start += BATCH) {
    const lines = `${blobIds.slice(start, start + BATCH).join('\n')}\n`;
    if (!stdin.write(lines)) await Promise.race([once(stdin, 'drain'), once(stdin, 'close')]).catch(() => {});
  }
  stdin.end();
}

/** One file of a commit; null when it is missing, no plain file, or larger than asked for. */
export async function readFileAt(
  repository: GitRepository,
  commit: string,
  path: string,
  { maxBytes, signal }: { maxBytes: number; signal?: AbortSignal },
): Promise<Buffer | null> {
  const args = ['ls-tree', '-z', '-l', '--full-tree', '--end-of-options', commit, '--', path];
  const entry = (await runGit(args, { gitDir: repository.gitDir, signal })).toString('utf8').replace(/\0$/, '');
  const [mode, type, blobId, size] = entry.slice(0, entry.indexOf('\t')).split(/ +/);
  if (type !== 'blob' || mode === '120000' || !blobId || Number(size) > maxBytes) return null;
  if (entry.slice(entry.indexOf('\t') + 1) !== path) return null;
  for await (const blob of readBlobs(repository, [blobId], signal)) return blob.bytes;
  return null;
}
