import type { Logger } from 'pino';
import { listTree } from '@/lib/git/read-tree';
import { takeGitTurn } from './git-turn';
import { openKept } from './repositories';

const TIMEOUT_MS = 15_000;

interface Place {
  teamId: string;
  repositoryUrl: string;
}

/** Paths of a commit's files; null when this machine does not keep the commit. Fetches nothing. */
export async function findFilesOf(
  { teamId, repositoryUrl }: Place,
  commit: string,
  log: Logger,
): Promise<Set<string> | null> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await takeGitTurn(
      teamId,
      async () => {
        const repository = await openKept(repositoryUrl, commit, signal);
        const files = await listTree(repository, commit, signal);
        return new Set(files.map(({ path }) => path));
      },
      signal,
    );
  } catch (err) {
    log.info({ err }, 'the files of an imported report are not known here');
    return null;
  }
}
