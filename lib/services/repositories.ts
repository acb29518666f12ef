import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { env } from '@/lib/env';
import { AppError, type ErrorCode, isAppError } from '@/lib/errors';
import { gitFailures } from '@/lib/git/git-failure';
import { fetchMirror } from '@/lib/git/mirror';
import { isBroken } from '@/lib/git/mirror-seal';
import { type GitRepository, openGitDir } from '@/lib/git/open-local';
import { resolveCommit } from '@/lib/git/read-tree';
import { parseRepositoryUrl, type RepositoryUrl } from '@/lib/git/repository-url';
import { logger } from '@/lib/logger';
import { openLocalRepository } from './local-repositories';

const MAX_MIRROR_BYTES = 4 * 1024 ** 3;
const FETCH_TIMEOUT_MS = 14 * 60_000;
const DAMAGE: ReadonlySet<ErrorCode> = new Set(['repository_corrupt', 'repository_unreadable', 'unavailable']);

gitFailures.subscribe((failure) => logger().debug(failure as object, 'git failed'));

export function mirrorsDir(): string {
  return join(env().ELDER_DATA_DIR, 'mirrors');
}

/** The name of a mirror's directory. @param key what all spellings of its repository have in common */
export function mirrorName(key: string): string {
  return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.git`;
}

/** The repository as it is now: a local one itself, any other one as a mirror brought up to date. */
export async function fetchRepository(
  repositoryUrl: string,
  signal: AbortSignal,
  { isFresh = false }: { isFresh?: boolean } = {},
): Promise<GitRepository> {
  const rules = { allowLocal: env().ALLOW_LOCAL_REPOSITORIES };
  const url = parseRepositoryUrl(repositoryUrl, rules);
  if (url.kind === 'local') return openLocalRepository(url.url, signal);
  const { repository } = await fetchMirror({
    url,
    rules,
    dir: mirrorOf(url),
    maxBytes: MAX_MIRROR_BYTES,
    timeoutMs: FETCH_TIMEOUT_MS,
    isFresh,
    signal,
  });
  return repository;
}

/** Fetches, then reads; a mirror that turns out to be damaged is made anew and read once more. */
export async function readFetched<Result>(
  repositoryUrl: string,
  signal: AbortSignal,
  read: (repository: GitRepository) => Promise<Result>,
): Promise<Result> {
  const repository = await fetchRepository(repositoryUrl, signal);
  try {
    return await read(repository);
  } catch (error) {
    signal.throwIfAborted();
    const isMirror = repository.scope === undefined;
    if (!isMirror || !isAppError(error) || !DAMAGE.has(error.code)) throw error;
    logger().warn({ err: error }, 'mirror is damaged and made anew');
    return read(await fetchRepository(repositoryUrl, signal, { isFresh: true }));
  }
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
    const mirror = mirrorOf(url);
    if (await isBroken(mirror)) throw new AppError('unavailable', 'the mirror is gone or was cut short');
    const repository = await openGitDir(mirror);
    await resolveCommit(repository, commit, signal);
    return repository;
  } catch (error) {
    signal.throwIfAborted();
    throw new AppError('unavailable', 'this machine does not keep the commit', { cause: error });
  }
}

/** One mirror a repository, whatever projects hold it. */
function mirrorOf({ key }: RepositoryUrl): string {
  return join(mirrorsDir(), mirrorName(key));
}
