import type { GitRepository } from './open-local';
import { runGit } from './run-git';

/** How many commits lead to this one, itself included; counts no further than `most`. */
export async function countCommits(
  { gitDir }: GitRepository,
  commit: string,
  most: number,
  signal?: AbortSignal,
): Promise<number> {
  const args = ['rev-list', '--count', `--max-count=${most}`, '--end-of-options', commit];
  return Number((await runGit(args, { gitDir, signal, timeoutMs: 20_000 })).toString().trim());
}
