import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { AppError } from '@/lib/errors';
import { isStop } from './git-error';
import { type GitOptions, runGit } from './run-git';

/** A repository that is only read. */
export interface GitRepository {
  gitDir: string;
  isShallow: boolean;
}

/** Finds the repository of a path (a work tree, a folder in one, or a bare repository) without writing to it. */
export async function openLocal(path: string, signal?: AbortSignal): Promise<GitRepository> {
  const start = await realpath(resolve(path)).catch((cause) => {
    throw new AppError('repository_not_found', `${path} does not exist`, { cause });
  });
  for (let folder = start; ; folder = join(folder, '..')) {
    for (const candidate of [join(folder, '.git'), folder]) {
      const gitDir = await findGitDir(candidate, signal);
      if (gitDir) return openGitDir(gitDir, signal);
    }
    if (folder === '/' || folder === join(folder, '..')) break;
  }
  throw new AppError('repository_not_found', `${path} is not in a Git repository`);
}

export async function openGitDir(gitDir: string, signal?: AbortSignal): Promise<GitRepository> {
  const options: GitOptions = { gitDir, signal };
  const [isShallow] = (await runGit(['rev-parse', '--is-shallow-repository'], options)).toString().split('\n');
  return { gitDir, isShallow: isShallow === 'true' };
}

/** `.git` is a directory, or a file that names one (linked work trees, submodules). */
async function findGitDir(candidate: string, signal: AbortSignal | undefined): Promise<string | null> {
  const found = await stat(candidate).catch(() => null);
  if (!found) return null;
  if (found.isDirectory() && !(await stat(join(candidate, 'HEAD')).catch(() => null))) return null;
  try {
    const output = await runGit(['rev-parse', '--absolute-git-dir'], { gitDir: candidate, signal, timeoutMs: 30_000 });
    const gitDir = output.toString().replace(/\n$/, '');
    return isAbsolute(gitDir) ? gitDir : null;
  } catch (error) {
    if (!isStop(error) && found.isFile()) return null;
    throw error;
  }
}
