import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { env } from '@/lib/env';
import { AppError, isAppError } from '@/lib/errors';
import { fetchMirror } from '@/lib/git/mirror';
import { type GitRepository, openGitDir } from '@/lib/git/open-local';
import { resolveCommit } from '@/lib/git/read-tree';
import { parseRepositoryUrl, type RepositoryUrl } from '@/lib/git/repository-url';
import { logger } from '@/lib/logger';
import { openLocalRepository } from './local-repositories';

const MAX_MIRROR_BYTES = 4 * 1024 ** 3;
const FETCH_TIMEOUT_MS = 14 * 60_000;

export function mirrorsDir(): string {
  return join(env().ELDER_DATA_DIR, 'mirrors');
}

/** The repository as it is now: a local one itself, any other one as a mirror brought up to date. */
export async function fetchRepository(repositoryUrl: string, signal: AbortSignal): Promise<GitRepository> {
  const rules = { allowLocal: env().ALLOW_LOCAL_REPOSITORIES };
  const url = parseRepositoryUrl(repositoryUrl, rules);
  if (url.kind === 'local') return openLocalRepository(url.url, signal);
  const { repository } = await fetchMirror({
    url,
    rules,
    dir: mirrorOf(url),
    maxBytes: MAX_MIRROR_BYTES,
    timeoutMs: FETCH_TIMEOUT_MS,
    signal,
  });
  return repository;
}

/** The repository as an earlier job of the audit left it. Another machine's worker fetches its own mirror. */
export async function openRepository(
  repositoryUrl: string,
  commit: string,
  signal: AbortSignal,
): Promise<GitRepository> {
  try {
    return await openKept(repositoryUrl, commit, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error) || error.code !== 'unavailable') throw error;
    logger().info({ err: error }, 'repository is fetched again');
    return fetchRepository(repositoryUrl, signal);
  }
}

/** The repository as this machine keeps it; `unavailable` when it does not hold the commit. Fetches nothing. */
export async function openKept(repositoryUrl: string, commit: string, signal: AbortSignal): Promise<GitRepository> {
  const url = parseRepositoryUrl(repositoryUrl, { allowLocal: env().ALLOW_LOCAL_REPOSITORIES });
  if (url.kind === 'local') return openLocalRepository(url.url, signal);
  try {
    const repository = await openGitDir(mirrorOf(url));
    await resolveCommit(repository, commit, signal);
    return repository;
  } catch (error) {
    signal.throwIfAborted();
    throw new AppError('unavailable', 'this machine does not keep the commit', { cause: error });
  }
}

/** One mirror a repository, whatever projects hold it. */
function mirrorOf({ key }: RepositoryUrl): string {
  return join(mirrorsDir(), `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.git`);
}
