import type { GitRepository } from './open-local';
import { runGit } from './run-git';

/**
 * Whether one of two commits leads to the other; null when the repository no longer holds the first. A repository whose
 * history is cut off cannot tell.
 */
export async function areInLine(
  { gitDir }: GitRepository,
  first: string,
  second: string,
  signal?: AbortSignal,
): Promise<boolean | null> {
  const known = await runGit(['cat-file', '--batch-check'], { gitDir, signal, input: `${first}\n` });
  if (!/^[0-9a-f]{40,64} commit /.test(known.toString())) return null;
  const isWithin = async (inner: string, outer: string) => {
    const missing = await runGit(['rev-list', '--max-count=1', inner, `^${outer}`, '--'], { gitDir, signal });
    return missing.toString().trim() === '';
  };
  return (await isWithin(first, second)) || (await isWithin(second, first));
}
