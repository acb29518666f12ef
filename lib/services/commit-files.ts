import type { Logger } from 'pino';
import { AppError, isAppError } from '@/lib/errors';
import type { GitRepository } from '@/lib/git/open-local';
import { listTree, resolveCommit } from '@/lib/git/read-tree';
import { takeGitTurn } from './git-turn';
import { fetchRepository, findKept } from './repositories';
import type { RepositorySource } from './repository-access';

const TIMEOUT_MS = 15_000;

/**
 * Paths of a commit's files; null when this machine keeps nothing of the repository. Throws `unprocessable` for a commit
 * that the repository does not have, also after it was brought up to date.
 */
export async function findFilesOf(source: RepositorySource, commit: string, log: Logger): Promise<Set<string> | null> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await takeGitTurn(
      source.teamId,
      async () => {
        const kept = await findKept(source, signal);
        // A shallow one does not know what it lacks.
        if (!kept || (kept.isShallow && !(await hasCommit(kept, commit, signal)))) return null;
        const repository = await withCommit(kept, { source, commit, log, signal });
        const files = await listTree(repository, commit, signal);
        return new Set(files.map(({ path }) => path));
      },
      signal,
    );
  } catch (err) {
    if (isAppError(err) && err.code === 'unprocessable') throw err;
    log.info({ err }, 'the files of an imported report are not known here');
    return null;
  }
}

/** A report may come before the audit that would fetch what was pushed. */
async function withCommit(
  kept: GitRepository,
  { source, commit, log, signal }: { source: RepositorySource; commit: string; log: Logger; signal: AbortSignal },
): Promise<GitRepository> {
  if (await hasCommit(kept, commit, signal)) return kept;
  const fetched = await fetchRepository(source, signal).catch((err) => {
    log.info({ err }, 'the commit of an imported report cannot be fetched');
    return kept;
  });
  if (await hasCommit(fetched, commit, signal)) return fetched;
  throw new AppError('unprocessable', 'the repository has no such commit', { details: { problem: 'unknown-commit' } });
}

async function hasCommit(repository: GitRepository, commit: string, signal: AbortSignal): Promise<boolean> {
  try {
    return (await resolveCommit(repository, commit, signal)) === commit;
  } catch (error) {
    if (isAppError(error) && error.code === 'repository_no_such_branch') return false;
    throw error;
  }
}
