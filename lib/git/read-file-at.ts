import type { GitRepository } from './open-local';
import { readBlobs } from './read-blobs';
import { runGit } from './run-git';

/** One file of a commit; null when it is missing, no plain file, or larger than asked for. */
export async function readFileAt(
  repository: GitRepository,
  commit: string,
  path: string,
  { maxBytes, signal }: { maxBytes: number; signal?: AbortSignal },
): Promise<Buffer | null> {
  const args = ['ls-tree', '-z', '-l', '--full-tree', '--end-of-options', commit, '--', path];
  const entry = (await runGit(args, { gitDir: repository.gitDir, signal })).toString('utf8').replace(/\0$/, '');
  const tab = entry.indexOf('\t');
  const [mode, type, blobId, size] = entry.slice(0, tab).split(/ +/);
  if (type !== 'blob' || mode === '120000' || !blobId || Number(size) > maxBytes) return null;
  if (entry.slice(tab + 1) !== path) return null;
  for await (const blob of readBlobs(repository, [blobId], signal)) return blob.bytes;
  return null;
}
