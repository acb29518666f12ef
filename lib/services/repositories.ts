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
import { addressRules } from './address-rules';
import { openLocalRepository } from './local-repositories';
import { type RepositorySource, readerOf, withAccess } from './repository-access';

export const MAX_MIRROR_BYTES = 4 * 1024 ** 3;
const FETCH_TIMEOUT_MS = 14 * 60_000;
const DAMAGE: ReadonlySet<ErrorCode> = new Set(['repository_corrupt', 'repository_unreadable', 'unavailable']);

gitFailures.subscribe((failure) => logger().debug(failure as object, 'git failed'));

export function mirrorsDir(): string {
  return join(env().ELDER_DATA_DIR, 'mirrors');
}

/**
 * The name of a mirror's directory. What was read with a credential is kept apart: it is there for those alone who may use it.
 * @param key what all spellings of its repository have in common
 */
export function mirrorName(key: string, reader: string | null): string {
  const kept = reader === null ? key : `${reader} ${key}`;
  return `${createHash('sha256').update(kept).digest('hex').slice(0, 32)}.git`;
}

/** The repository as it is now: a local one itself, any other one as a mirror brought up to date. */
export async function fetchRepository(
  source: RepositorySource,
  signal: AbortSignal,
  { isFresh = false, moreRefs = [] }: { isFresh?: boolean; moreRefs?: readonly string[] } = {},
): Promise<GitRepository> {
  const rules = addressRules();
  const url = parseRepositoryUrl(source.repositoryUrl, rules);
  if (url.kind === 'local') return openLocalRepository(url.url, signal);
  const { repository } = await withAccess(source, url, signal, (access) =>
    fetchMirror({
      url,
      rules,
      dir: mirrorOf(url, source),
      maxBytes: MAX_MIRROR_BYTES,
      timeoutMs: FETCH_TIMEOUT_MS,
      isFresh,
      moreRefs,
      signal,
      ...access,
    }),
  );
  return repository;
}

/** Fetches, then reads; a mirror that turns out to be damaged is made anew and read once more. */
export async function readFetched<Result>(
  source: RepositorySource,
  { signal, moreRefs = [] }: { signal: AbortSignal; moreRefs?: readonly string[] },
  read: (repository: GitRepository) => Promise<Result>,
): Promise<Result> {
  const repository = await fetchRepository(source, signal, { moreRefs });
  try {
    return await read(repository);
  } catch (error) {
    signal.throwIfAborted();
    const isMirror = repository.scope === undefined;
    if (!isMirror || !isAppError(error) || !DAMAGE.has(error.code)) throw error;
    logger().warn({ err: error }, 'mirror is damaged and made anew');
    return read(await fetchRepository(source, signal, { isFresh: true, moreRefs }));
  }
}

/** The repository as an earlier job of the audit left it. Another machine's worker fetches its own mirror. */
export async function openRepository(
  source: RepositorySource,
  commit: string,
  { signal, moreRefs = [] }: { signal: AbortSignal; moreRefs?: readonly string[] },
): Promise<GitRepository> {
  try {
    return await openKept(source, commit, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error) || error.code !== 'unavailable') throw error;
    logger().info({ err: error }, 'repository is fetched again');
    return fetchRepository(source, signal, { moreRefs });
  }
}

/** The repository as this machine keeps it; `unavailable` when it does not hold the commit. Fetches nothing. */
export async function openKept(source: RepositorySource, commit: string, signal: AbortSignal): Promise<GitRepository> {
  const url = parseRepositoryUrl(source.repositoryUrl, addressRules());
  if (url.kind === 'local') return openLocalRepository(url.url, signal);
  try {
    const repository = await openMirror(url, source);
    await resolveCommit(repository, commit, signal);
    return repository;
  } catch (error) {
    signal.throwIfAborted();
    throw new AppError('unavailable', 'this machine does not keep the commit', { cause: error });
  }
}

/** The repository as this machine keeps it, whatever it holds; null when it keeps none. Fetches nothing. */
export async function findKept(source: RepositorySource, signal: AbortSignal): Promise<GitRepository | null> {
  const url = parseRepositoryUrl(source.repositoryUrl, addressRules());
  if (url.kind === 'local') return openLocalRepository(url.url, signal);
  return openMirror(url, source).catch(() => null);
}

async function openMirror(url: RepositoryUrl, source: RepositorySource): Promise<GitRepository> {
  const mirror = mirrorOf(url, source);
  if (await isBroken(mirror)) throw new AppError('unavailable', 'the mirror is gone or was cut short');
  return openGitDir(mirror);
}

/** One mirror a repository for all who read it as anybody, and one for each connection, or team that has a key. */
function mirrorOf({ key }: RepositoryUrl, source: RepositorySource): string {
  return join(mirrorsDir(), mirrorName(key, readerOf(source)));
}
