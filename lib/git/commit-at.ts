import type { GitRepository } from './open-local';
import { runGit } from './run-git';

/** The commit a branch was at on a day: its newest one by first parents that is no younger; null when it is younger. */
export async function commitAt(
  { gitDir }: GitRepository,
  branch: string,
  at: Date,
  signal?: AbortSignal,
): Promise<string | null> {
  const before = `--before=${Math.floor(at.getTime() / 1000)}`;
  const args = ['rev-list', '--max-count=1', '--first-parent', before, '--end-of-options', `refs/heads/${branch}`];
  const id = (await runGit(args, { gitDir, signal, timeoutMs: 60_000 })).toString().trim();
  return id || null;
}
