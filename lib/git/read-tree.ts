import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, type ErrorCode, isAppError } from '@/lib/errors';
import { isStop } from './git-error';
import type { GitRepository } from './open-local';
import { branchOf, toSeconds } from './refs';
import { runGit, startGit } from './run-git';
import { splitOn } from './split-on';

export interface TreeEntry {
  path: string;
  /** Git file mode as text: `100644`, `100755`, `120000`, `160000`. */
  mode: string;
  blobId: string;
  /** 0 for submodules. */
  sizeBytes: number;
}

/** More files than this are not an audit but an attack or a data dump. */
export const MAX_TREE_FILES = 300_000;
/** What Git may say of them: room for paths of 250 bytes. */
const MAX_TREE_BYTES = 96 * 1024 ** 2;
const MOST_HELD_MS = 10;
const COMMIT_ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

export function isCommitId(text: string): boolean {
  return COMMIT_ID.test(text);
}

export interface CommitHead {
  id: string;
  /** Committer date, seconds; 0 when the commit names no date that exists. */
  committedAt: number;
  author: string;
  subject: string;
}

/** Full commit id of a ref, or of HEAD. */
export async function resolveCommit(repository: GitRepository, ref?: string, signal?: AbortSignal): Promise<string> {
  return (await readCommitHead(repository, ref, signal)).id;
}

/** The commit a ref stands for, or HEAD, and what its first lines say. */
export async function readCommitHead(
  repository: GitRepository,
  ref = 'HEAD',
  signal?: AbortSignal,
): Promise<CommitHead> {
  const hasControl = [...ref].some((character) => character < ' ' || character === '\u007f');
  if (ref.length === 0 || ref.length > 1_000 || hasControl) {
    throw new AppError('repository_no_such_branch', 'the ref is not a valid name');
  }
  try {
    const args = ['log', '-1', '--no-show-signature', '--format=%H%x00%ct%x00%an%x00%s', '--end-of-options'];
    const head = await runGit([...args, `${ref}^{commit}`], { gitDir: repository.gitDir, signal, timeoutMs: 60_000 });
    const [id = '', seconds, author = '', subject = ''] = head.toString('utf8').replace(/\n$/, '').split('\0');
    if (COMMIT_ID.test(id)) return { id, committedAt: toSeconds(seconds), author, subject };
  } catch (error) {
    if (isStop(error) || isAppErrorOf(error, 'repository_corrupt')) throw error;
    await throwIfDamaged(repository, ref, signal);
    if (ref === 'HEAD' && !(await hasCommits(repository, signal))) {
      throw new AppError('repository_empty', 'the repository has no commit', { cause: error });
    }
  }
  throw new AppError('repository_no_such_branch', `there is no commit called ${JSON.stringify(ref.slice(0, 100))}`);
}

async function revParse(repository: GitRepository, text: string, signal: AbortSignal | undefined): Promise<string> {
  const args = ['rev-parse', '--verify', '--end-of-options', text];
  return (await runGit(args, { gitDir: repository.gitDir, signal, timeoutMs: 60_000 })).toString().trim();
}

/** Git says the same of a name that is not there and of one whose object is lost. */
async function throwIfDamaged(repository: GitRepository, ref: string, signal: AbortSignal | undefined): Promise<void> {
  if (isCommitId(ref)) return;
  const branch = ref === 'HEAD' ? await branchOf(repository, ref, signal) : null;
  const id = await revParse(repository, branch === null ? ref : `refs/heads/${branch}`, signal).catch((error) => {
    if (isStop(error) || isAppErrorOf(error, 'repository_corrupt')) throw error;
    return '';
  });
  if (!isCommitId(id)) return;
  try {
    const type = await runGit(['cat-file', '-t', id], { gitDir: repository.gitDir, signal });
    if (!['commit', 'tag'].includes(type.toString().trim())) return;
  } catch (error) {
    if (isStop(error)) throw error;
  }
  throw new AppError('repository_corrupt', `the object ${id} is missing or damaged`);
}

function isAppErrorOf(error: unknown, code: ErrorCode): boolean {
  return isAppError(error) && error.code === code;
}

async function hasCommits(repository: GitRepository, signal: AbortSignal | undefined): Promise<boolean> {
  const args = ['for-each-ref', '--count=1', '--format=%(objectname)'];
  return (await runGit(args, { gitDir: repository.gitDir, signal })).length > 0;
}

/** Every file of a commit, sorted by path as Git sorts. */
export async function listTree(
  repository: GitRepository,
  commit: string,
  signal?: AbortSignal,
  maxFiles = MAX_TREE_FILES,
): Promise<TreeEntry[]> {
  const entries: TreeEntry[] = [];
  for await (const entry of walkTree(repository, commit, signal, maxFiles)) entries.push(entry);
  return entries;
}

/** The same, for who keeps none of them. Others get their turn in between, however long is done with each. */
export async function* walkTree(
  repository: GitRepository,
  commit: string,
  signal?: AbortSignal,
  maxFiles = MAX_TREE_FILES,
): AsyncGenerator<TreeEntry, void> {
  const git = startGit(['ls-tree', '-r', '-z', '-l', '--full-tree', '--end-of-options', commit], {
    gitDir: repository.gitDir,
    signal,
    maxOutputBytes: MAX_TREE_BYTES,
  });
  git.stdin.end();
  let files = 0;
  let resumedAt = performance.now();
  for await (const line of splitOn('\0', git.stdout)) {
    const tab = line.indexOf('\t');
    const [mode, , blobId, size] = line.slice(0, tab).split(/ +/);
    if (tab < 0 || !mode || !blobId) continue;
    if (files === maxFiles) {
      git.kill();
      throw new AppError('repository_too_large', `the commit has more than ${maxFiles} files`);
    }
    files += 1;
    yield { path: line.slice(tab + 1), mode, blobId, sizeBytes: Number(size) || 0 };
    // A pipe that is never empty is read many times before anybody else is heard.
    if (performance.now() - resumedAt < MOST_HELD_MS) continue;
    await nextTurn();
    resumedAt = performance.now();
  }
}
