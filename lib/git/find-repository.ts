import { open, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '@/lib/errors';

/** Where a repository of this machine keeps what; nothing in it was run or obeyed to find out. */
export interface RepositoryPlaces {
  gitDir: string;
  /** The same, but for linked work trees: they share objects and refs. */
  commonDir: string;
  /** Text of HEAD. */
  head: string;
  /** The folder whose files are worked on; null for a bare repository. */
  workTree: string | null;
}

type GitPlaces = Omit<RepositoryPlaces, 'workTree'>;

const MAX_POINTER_BYTES = 8_192;
const HEAD = /^(?:ref:\s*refs\/[^\0-\x20\x7f]+|[0-9a-f]{40}(?:[0-9a-f]{24})?)\s*$/;

/** The repository of a path: a work tree, a folder in one, or a bare repository. */
export async function findRepository(path: string): Promise<RepositoryPlaces> {
  const start = await realpath(resolve(path)).catch((cause) => {
    throw new AppError('repository_not_found', 'there is nothing at this path', {
      cause,
      details: { problem: 'missing' },
    });
  });
  const isFolder = await isDirectory(start);
  for (let folder = start; ; folder = dirname(folder)) {
    for (const candidate of [join(folder, '.git'), folder]) {
      const places = await placesAt(candidate);
      if (places) return { ...places, workTree: candidate === folder ? null : folder };
    }
    if (folder === dirname(folder)) break;
  }
  throw new AppError('repository_not_found', 'the path is not in a Git repository', {
    details: { problem: isFolder ? 'no_repository' : 'file' },
  });
}

/** `.git` is a directory, or a file that names one (linked work trees, submodules). */
async function placesAt(candidate: string): Promise<GitPlaces | null> {
  const found = await stat(candidate).catch(() => null);
  if (found?.isDirectory()) return placesIn(candidate);
  if (!found?.isFile() || basename(candidate) !== '.git') return null;
  const [, target] = /^gitdir: ([^\r\n]+)[\r\n]*$/.exec((await readStart(candidate, MAX_POINTER_BYTES)) ?? '') ?? [];
  return target === undefined ? null : placesIn(resolve(dirname(candidate), target));
}

async function placesIn(folder: string): Promise<GitPlaces | null> {
  const gitDir = await realpath(folder).catch(() => null);
  if (gitDir === null) return null;
  const shared = await readStart(join(gitDir, 'commondir'), MAX_POINTER_BYTES);
  const commonDir = shared === null ? gitDir : await realpath(resolve(gitDir, shared.trimEnd())).catch(() => null);
  if (commonDir === null || !(await isDirectory(join(commonDir, 'objects')))) return null;
  if (!(await isDirectory(join(commonDir, 'refs')))) return null;
  const head = await readHead(join(gitDir, 'HEAD'));
  if (head === null) return null;
  if (!HEAD.test(head)) throw new AppError('repository_corrupt', 'HEAD names neither a branch nor a commit');
  return { gitDir, commonDir, head };
}

/** Very old repositories have a symbolic link where others have `ref: …`. */
async function readHead(path: string): Promise<string | null> {
  const target = await readlink(path).catch(() => '');
  return target.startsWith('refs/') ? `ref: ${target}\n` : readStart(path, MAX_POINTER_BYTES);
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true;
}

/** The first bytes of a plain file; null for what is missing, or would wait for a writer. */
export async function readStart(path: string, maxBytes: number): Promise<string | null> {
  if (!(await stat(path).catch(() => null))?.isFile()) return null;
  const file = await open(path).catch(() => null);
  if (!file) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
