import type { GitRepository } from './open-local';
import { readSizes } from './read-blobs';
import { runGit } from './run-git';

/**
 * Whether one of two commits leads to the other; null when the repository no longer holds the first. A repository whose
 * history is cut off cannot tell.
 */
export async function areInLine(
  repository: GitRepository,
  first: string,
  second: string,
  signal?: AbortSignal,
): Promise<boolean | null> {
  for await (const sizeBytes of readSizes(repository, [first], signal)) if (sizeBytes === null) return null;
  const isWithin = async (inner: string, outer: string) => {
    const args = ['rev-list', '--max-count=1', inner, `^${outer}`, '--'];
    const missing = await runGit(args, { gitDir: repository.gitDir, signal });
    return missing.toString().trim() === '';
  };
  return (await isWithin(first, second)) || (await isWithin(second, first));
}
