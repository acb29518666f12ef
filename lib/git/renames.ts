import type { Logger } from '@/lib/logger';
import type { GitRepository } from './open-local';
import { isCommitId } from './read-tree';
import { runGit } from './run-git';

const TIMEOUT_MS = 20_000;
const MAX_OUTPUT_BYTES = 8 * 1024 ** 2;
/** Pairs of changed files that Git compares; files that moved unchanged are found however many they are. */
const MOST_COMPARED = 1_000;
const MOST_RENAMES = 5_000;

/**
 * Files that moved from one commit to another, with at least half of their lines. An extra: what cannot be found out in time,
 * or in a history that is cut off, is left out.
 */
export async function findRenames(
  repository: GitRepository,
  { from, to }: { from: string; to: string },
  { signal, log }: { signal: AbortSignal; log: Logger },
): Promise<[from: string, to: string][]> {
  if (from === to || !isCommitId(from) || !isCommitId(to)) return [];
  const flags = ['-r', '-z', '--name-status', '--diff-filter=R', '--find-renames=50%', `-l${MOST_COMPARED}`];
  const args = ['diff-tree', ...flags, '--no-ext-diff', '--no-textconv', '--end-of-options', from, to];
  try {
    const options = { gitDir: repository.gitDir, signal, timeoutMs: TIMEOUT_MS, maxOutputBytes: MAX_OUTPUT_BYTES };
    return parseRenames((await runGit(args, options)).toString('utf8'));
  } catch (err) {
    signal.throwIfAborted();
    log.warn({ err }, 'moved files could not be found');
    return [];
  }
}

export function parseRenames(output: string): [from: string, to: string][] {
  const fields = output.split('\0');
  const renames: [string, string][] = [];
  for (let at = 0; at + 2 < fields.length && renames.length < MOST_RENAMES; at += 3) {
    const [status = '', from = '', to = ''] = fields.slice(at, at + 3);
    if (status.startsWith('R') && from && to) renames.push([from, to]);
  }
  return renames;
}
