import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError, type ErrorCode, isAppError } from '@/lib/errors';
import { withDirectoryLock } from './directory-lock';
import { isBroken, sealMirror } from './mirror-seal';
import { type GitRepository, openGitDir } from './open-local';
import { type RemoteHead, remoteHead } from './remote-head';
import { type Remote, transportAddress, transportArguments, transportOptions } from './remote-options';
import { runGit } from './run-git';

export interface MirrorRequest extends Remote {
  /** The bare repository; its parent exists or is made. */
  dir: string;
  maxBytes: number;
  timeoutMs: number;
  /** Fetches everything again, whatever is there. */
  isFresh?: boolean;
  /** Fetched besides branches and tags, as `refs/pull/12/head`. */
  moreRefs?: readonly string[];
  signal?: AbortSignal;
  onProgress?: (bytes: number) => void;
}

export interface Mirror {
  repository: GitRepository;
  head: RemoteHead;
  sizeBytes: number;
}

const WATCH_MS = 200;
export const DRAFT = '.draft';
/** Files and folders for this user alone. */
const PRIVATE = ['core.sharedRepository=0600'];
const REFSPECS = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];

/** Where hosts keep the heads of pull requests. */
const MORE_REF = /^refs\/(?:pull|merge-requests|pull-requests)\/\d{1,10}\/(?:head|merge|from)$/;

/** They speak of what lies here as well as of what was sent: a mirror made anew tells which. */
const DOUBTS: ReadonlySet<ErrorCode> = new Set([
  'repository_corrupt',
  'repository_no_such_branch',
  'repository_not_found',
  'repository_unreadable',
  'repository_unsupported',
  'unavailable',
]);

/** Brings a bare mirror up to date; a first fetch appears whole or not at all, and a damaged mirror is made anew. */
export async function fetchMirror(request: MirrorRequest): Promise<Mirror> {
  await mkdir(dirname(request.dir), { recursive: true, mode: 0o700 });
  return withDirectoryLock(request.dir, () => fetchLocked(request), request.signal);
}

async function fetchLocked(request: MirrorRequest): Promise<Mirror> {
  const { dir, signal } = request;
  const head = await remoteHead(request, { signal });
  if (head.isEmpty) throw new AppError('repository_empty', 'the repository has no commit');
  if (!(await hasUpdated(request, head))) await fetchAnew(request, head);
  if (request.moreRefs?.length) await fetchMore(request, head, request.moreRefs);
  return { repository: await openGitDir(dir), head, sizeBytes: await sizeOf(dir) };
}

/** False when there is no mirror, or none that Git can go on with. */
async function hasUpdated(request: MirrorRequest, head: RemoteHead): Promise<boolean> {
  const { dir, isFresh = false } = request;
  if (isFresh || !(await isMirror(dir)) || (await isBroken(dir))) return false;
  try {
    await removeLeftovers(dir);
    await fetchInto(dir, request, head);
    return true;
  } catch (error) {
    if (!isAppError(error) || !DOUBTS.has(error.code)) throw error;
    return false;
  }
}

async function fetchAnew(request: MirrorRequest, head: RemoteHead): Promise<void> {
  const { dir, signal } = request;
  const draft = `${dir}.${randomUUID()}${DRAFT}`;
  try {
    const format = `--object-format=${head.objectFormat}`;
    await mkdir(draft, { mode: 0o700 });
    await runGit(['init', '--quiet', '--bare', '--template=', format, '--', draft], { signal, config: PRIVATE });
    await fetchInto(draft, request, head);
    await rm(dir, { recursive: true, force: true });
    await rename(draft, dir);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** One that the host lacks says nothing against the mirror. */
async function fetchMore(request: MirrorRequest, head: RemoteHead, refs: readonly string[]): Promise<void> {
  const refspecs = refs.map((ref) => {
    if (!MORE_REF.test(ref)) throw new AppError('invalid_request', 'the reference is not one that may be fetched');
    return `+${ref}:refs/elder/${ref.slice('refs/'.length)}`;
  });
  try {
    await fetchInto(request.dir, request, head, refspecs);
  } catch (cause) {
    if (!isAppError(cause) || cause.code !== 'repository_no_such_branch') throw cause;
    throw new AppError('repository_no_such_commit', 'the host has no such reference', { cause });
  }
}

async function fetchInto(
  gitDir: string,
  request: MirrorRequest,
  head: RemoteHead,
  refspecs: readonly string[] = REFSPECS,
): Promise<void> {
  const { maxBytes, timeoutMs, signal, onProgress } = request;
  const options = await transportOptions(request);
  const tooLarge = new AbortController();
  const watch = setInterval(() => {
    sizeOf(gitDir).then(
      (bytes) => {
        onProgress?.(bytes);
        if (bytes > maxBytes) tooLarge.abort();
      },
      () => {},
    );
  }, WATCH_MS);
  try {
    const flags = ['--quiet', '--prune', '--no-tags', '--no-auto-gc', '--no-recurse-submodules', '--update-shallow'];
    const args = ['fetch', ...flags, '--no-write-fetch-head', '--force', ...transportArguments(request)];
    const plain = ['fetch.unpackLimit=1', 'fetch.writeCommitGraph=false', 'pack.threads=1'];
    await runGit([...args, '--', await transportAddress(request), ...refspecs], {
      ...options,
      config: [...(options.config ?? []), ...plain, ...PRIVATE],
      gitDir,
      timeoutMs,
      signal: signal ? AbortSignal.any([signal, tooLarge.signal]) : tooLarge.signal,
    });
    if ((await sizeOf(gitDir)) > maxBytes) tooLarge.abort();
  } catch (error) {
    await removeLeftovers(gitDir);
    if (!tooLarge.signal.aborted) throw error;
  } finally {
    clearInterval(watch);
  }
  if (tooLarge.signal.aborted) {
    throw new AppError('repository_too_large', `the repository is larger than ${maxBytes} bytes`);
  }
  if (head.defaultBranch) {
    const args = ['symbolic-ref', '--', 'HEAD', `refs/heads/${head.defaultBranch}`];
    await runGit(args, { gitDir, signal, config: PRIVATE });
  }
  await sealMirror(gitDir);
}

/** Removes what ended processes left among the mirrors of a directory. Run once, before any fetch. */
export async function cleanMirrors(root: string): Promise<void> {
  const entries = await readdir(root).catch(() => []);
  for (const entry of entries) {
    if (entry.endsWith(DRAFT)) await rm(join(root, entry), { recursive: true, force: true });
  }
}

/** Files of a fetch that ended halfway: they would block the next one or fill the disk. */
async function removeLeftovers(gitDir: string): Promise<void> {
  const files = await readdir(gitDir, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const file of files) {
    const isPartial = basename(file.parentPath) === 'pack' && file.name.startsWith('tmp_');
    const isLock = file.name.endsWith('.lock') || file.name.startsWith('tmp_obj_') || file.name === 'gc.pid';
    if (file.isFile() && (isPartial || isLock)) await rm(join(file.parentPath, file.name), { force: true });
  }
}

async function isMirror(dir: string): Promise<boolean> {
  return (await stat(join(dir, 'HEAD')).catch(() => null)) !== null;
}

async function sizeOf(dir: string): Promise<number> {
  const files = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map((file) =>
        stat(join(file.parentPath, file.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
