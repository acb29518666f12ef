import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '@/lib/errors';
import { withDirectoryLock } from './directory-lock';
import { type GitRepository, openGitDir } from './open-local';
import { type RemoteHead, remoteHead } from './remote-head';
import { type Remote, transportArguments, transportOptions } from './remote-options';
import { runGit } from './run-git';

export interface MirrorRequest extends Remote {
  /** The bare repository; its parent exists or is made. */
  dir: string;
  maxBytes: number;
  timeoutMs: number;
  signal?: AbortSignal;
  onProgress?: (bytes: number) => void;
}

export interface Mirror {
  repository: GitRepository;
  head: RemoteHead;
  sizeBytes: number;
}

const WATCH_MS = 200;
const DRAFT = '.draft';
const REFSPECS = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];

/** Brings a bare mirror up to date; a first fetch appears whole or not at all. */
export async function fetchMirror(request: MirrorRequest): Promise<Mirror> {
  await mkdir(dirname(request.dir), { recursive: true });
  return withDirectoryLock(request.dir, () => fetchLocked(request), request.signal);
}

async function fetchLocked(request: MirrorRequest): Promise<Mirror> {
  const { dir, signal } = request;
  const head = await remoteHead(request, { signal });
  if (head.isEmpty) throw new AppError('repository_empty', 'the repository has no commit');
  if (await isMirror(dir)) {
    await removeLeftovers(dir);
    await fetchInto(dir, request, head);
  } else {
    const draft = `${dir}.${randomUUID()}${DRAFT}`;
    try {
      const format = `--object-format=${head.objectFormat}`;
      await runGit(['init', '--quiet', '--bare', '--template=', format, '--', draft], { signal });
      await fetchInto(draft, request, head);
      await rm(dir, { recursive: true, force: true });
      await rename(draft, dir);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  return { repository: await openGitDir(dir), head, sizeBytes: await sizeOf(dir) };
}

async function fetchInto(gitDir: string, request: MirrorRequest, head: RemoteHead): Promise<void> {
  const { url, maxBytes, timeoutMs, signal, onProgress } = request;
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
    await runGit([...args, '--', url.url, ...REFSPECS], {
      ...options,
      config: [...(options.config ?? []), 'fetch.unpackLimit=1', 'fetch.writeCommitGraph=false', 'pack.threads=1'],
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
    await runGit(['symbolic-ref', '--', 'HEAD', `refs/heads/${head.defaultBranch}`], { gitDir, signal });
  }
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
    const isLock = file.name.endsWith('.lock') || file.name.startsWith('tmp_obj_');
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
