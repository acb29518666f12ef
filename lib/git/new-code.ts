import type { GitRepository } from './open-local';
import { isCommitId } from './read-tree';
import { runGit } from './run-git';

const TIMEOUT_MS = 20_000;

/** The newest commit that both come from. Throws where there is none, and for a ref that does not exist. */
export async function mergeBase(
  { gitDir }: GitRepository,
  one: string,
  other: string,
  signal?: AbortSignal,
): Promise<string> {
  const args = ['merge-base', '--end-of-options', one, other];
  return (await runGit(args, { gitDir, signal, timeoutMs: TIMEOUT_MS })).toString().trim();
}

/** Lines that were added or taken away between two commits, whichever are more. */
export async function countChangedLines(
  { gitDir }: GitRepository,
  { from, to }: { from: string; to: string },
  signal?: AbortSignal,
): Promise<number | null> {
  if (from === to) return 0;
  if (!isCommitId(from) || !isCommitId(to)) return null;
  const args = ['diff', '--shortstat', '--no-ext-diff', '--no-textconv', '--no-renames', '--end-of-options', from, to];
  const text = (await runGit(args, { gitDir, signal, timeoutMs: TIMEOUT_MS })).toString();
  const numberBefore = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(text)?.[1] ?? 0);
  return Math.max(numberBefore('insertion'), numberBefore('deletion'));
}
