import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError, isAppError } from '@/lib/errors';
import { runGit } from './run-git';

/** A repository that is only read. */
export interface GitRepository {
  gitDir: string;
  isShallow: boolean;
  /** Set when objects may not be what their ids say: what is read here stays with this repository. */
  scope?: string;
}

/** Finds the repository of a path (a work tree, a folder in one, or a bare repository) without writing to it. */
export async function openLocal(path: string, signal?: AbortSignal): Promise<GitRepository> {
  const start = await realpath(resolve(path)).catch((cause) => {
    throw new AppError('repository_not_found', `${path} does not exist`, { cause });
  });
  for (let folder = start; ; folder = dirname(folder)) {
    for (const candidate of [join(folder, '.git'), folder]) {
      const repository = await tryOpen(candidate, signal);
      if (repository) return repository;
    }
    if (folder === dirname(folder)) break;
  }
  throw new AppError('repository_not_found', `${path} is not in a Git repository`);
}

/** Opens a bare repository of ours. */
export async function openGitDir(gitDir: string): Promise<GitRepository> {
  const shallow = await stat(join(gitDir, 'shallow')).catch(() => null);
  return { gitDir, isShallow: shallow !== null && shallow.size > 0 };
}

/** `.git` is a directory, or a file that names one (linked work trees, submodules). */
async function tryOpen(candidate: string, signal: AbortSignal | undefined): Promise<GitRepository | null> {
  const found = await stat(candidate).catch(() => null);
  if (!found) return null;
  if (found.isDirectory() && !(await stat(join(candidate, 'HEAD')).catch(() => null))) return null;
  if (!found.isDirectory() && basename(candidate) !== '.git') return null;
  const args = ['rev-parse', '--is-shallow-repository', '--absolute-git-dir'];
  try {
    const output = (await runGit(args, { gitDir: candidate, signal, timeoutMs: 30_000 })).toString();
    const [isShallow, ...rest] = output.split('\n');
    const gitDir = rest.join('\n').replace(/\n$/, '');
    return { gitDir, isShallow: isShallow === 'true', scope: gitDir };
  } catch (error) {
    // A folder that only looks like a repository is not one; its parents may be.
    if (isAppError(error) && error.code === 'repository_not_found') return null;
    throw error;
  }
}
