import { copyFile, lstat, mkdir, readdir, realpath, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '@/lib/errors';
import { findRepository, type RepositoryPlaces } from './find-repository';
import { isStop } from './git-error';
import { type ForeignRepository, isShallow } from './open-local';
import { isCommitId } from './read-tree';
import { branchOf } from './refs';
import { type GitOptions, runGit } from './run-git';
import { borrowObjects, makeShim } from './shim';
import { readStorageFormat } from './storage-format';

/** `staged`: what the next commit would hold. `working-tree`: what it would hold after `git add --all`. */
export type Uncommitted = 'staged' | 'working-tree';

/**
 * Changes that are not committed, as a commit that only this process knows: HEAD with another tree, so author, dates,
 * message and parents are not made up. The repository is not written to and nothing it names is run.
 */
export interface Snapshot extends AsyncDisposable {
  repository: ForeignRepository;
  commit: string;
  /** The commit the changes are on; null before the first one. */
  head: string | null;
  branch: string | null;
}

const TIMEOUT_MS = 120_000;
/** Of changed files together: they are copied. */
const MAX_CHANGED_BYTES = 1024 ** 3;
const MAX_CHANGED_FILES = 300_000;

interface Place {
  /** The Git directory of ours that is written to. */
  gitDir: string;
  /** The one that shows the objects of the repository. */
  reader: string;
  workTree: string;
  /** The index of the repository. It is only read. */
  index: string;
  /** The index that the tree is written from. */
  draft: string;
  signal: AbortSignal | undefined;
}

export interface SnapshotOptions {
  /** Of a commit that is being made, as Git names it to its hooks; passed over unless it lies in the repository. */
  indexFile?: string | undefined;
  signal?: AbortSignal | undefined;
}

export async function takeSnapshot(
  path: string,
  kind: Uncommitted,
  { indexFile, signal }: SnapshotOptions = {},
): Promise<Snapshot> {
  const places = await findRepository(path);
  const { workTree, commonDir, gitDir: source } = places;
  if (workTree === null) {
    throw new AppError('unprocessable', 'a bare repository has no working tree', { details: { problem: 'bare' } });
  }
  const format = await readStorageFormat(commonDir);
  const reader = await makeShim(places, format);
  const gitDir = await makeShim(places, format, { hasOwnObjects: true });
  const shim = rootOf(gitDir, places);
  const dispose = () => rm(shim, { recursive: true, force: true });
  try {
    await shareIndex(gitDir, places);
    const [index, draft] = [await indexOf(source, indexFile), join(gitDir, 'draft-index')];
    const place: Place = { gitDir, reader, workTree, index, draft, signal };
    if (kind === 'staged') await draftOfIndex(place);
    else await draftOfFiles(place);
    const repository: ForeignRepository = {
      gitDir,
      isShallow: await isShallow(commonDir),
      scope: source,
      source: { gitDir: source, commonDir },
    };
    const head = await headOf(place);
    const tree = (await git(place, ['write-tree', '--missing-ok'], place.draft)).toString().trim();
    const commit = await writeCommit(place, tree, head);
    await borrowObjects(shim, places);
    return {
      repository,
      commit,
      head,
      branch: await branchOf(repository, 'HEAD', signal),
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Of a linked work tree, the directory of ours lies inside the one that shows all of them. */
function rootOf(gitDir: string, places: RepositoryPlaces): string {
  return places.gitDir === places.commonDir ? gitDir : dirname(dirname(gitDir));
}

async function indexOf(source: string, indexFile: string | undefined): Promise<string> {
  const usual = join(source, 'index');
  if (indexFile === undefined) return usual;
  const file = await realpath(resolve(indexFile)).catch(() => null);
  if (file === null || dirname(file) !== source) return usual;
  await refuseSpecial(file);
  return file;
}

/** A split index names a second file, which Git touches when it reads it; patterns of `info/exclude` are text. */
async function shareIndex(gitDir: string, { gitDir: source, commonDir }: RepositoryPlaces): Promise<void> {
  await mkdir(join(gitDir, 'info'), { recursive: true });
  const names = (await readdir(source)).filter((name) => name.startsWith('sharedindex.'));
  for (const name of ['index', ...names]) await refuseSpecial(join(source, name));
  for (const name of names) await copyFile(join(source, name), join(gitDir, name));
  const exclude = join(commonDir, 'info', 'exclude');
  if ((await stat(exclude).catch(() => null))?.isFile()) await symlink(exclude, join(gitDir, 'info', 'exclude'));
}

/** Git would wait for ever at a pipe. */
async function refuseSpecial(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found && !found.isFile()) throw new AppError('repository_corrupt', 'the index is no plain file');
}

function git(
  { gitDir, workTree, signal }: Place,
  args: readonly string[],
  index: string,
  options: Pick<GitOptions, 'config'> & { input?: Uint8Array } = {},
): Promise<Buffer> {
  const env = { GIT_INDEX_FILE: index, GIT_WORK_TREE: workTree };
  return runGit(args, { gitDir, env, signal, timeoutMs: TIMEOUT_MS, ...options });
}

interface IndexEntry {
  /** As the index has it: mode, object and stage. */
  head: string;
  stage: string;
  /** Bytes as Latin-1: a path need not be text. */
  path: string;
}

const fieldsOf = (output: Buffer): string[] => output.toString('latin1').split('\0').slice(0, -1);

async function listIndex(place: Place): Promise<IndexEntry[]> {
  const lines = fieldsOf(await git(place, ['ls-files', '--stage', '-z'], place.index));
  return lines.map((line) => {
    const tab = line.indexOf('\t');
    const head = line.slice(0, tab);
    return { head, stage: head.slice(-1), path: line.slice(tab + 1) };
  });
}

async function fillDraft(place: Place, entries: readonly IndexEntry[]): Promise<void> {
  const input = Buffer.from(entries.map(({ head, path }) => `${head}\t${path}\0`).join(''), 'latin1');
  await git(place, ['update-index', '-z', '--index-info'], place.draft, { input });
}

/** What was only announced with `git add --intent-to-add` is not staged. */
async function draftOfIndex(place: Place): Promise<void> {
  const entries = await listIndex(place);
  if (entries.some(({ stage }) => stage !== '0')) {
    throw new AppError('unprocessable', 'the index holds files that are not merged', {
      details: { problem: 'unmerged' },
    });
  }
  const announced = new Set(await announcedPaths(place));
  await fillDraft(
    place,
    entries.filter(({ path }) => !announced.has(path)),
  );
}

/** Git tells them as added by the working tree, which nothing else is. */
async function announcedPaths(place: Place): Promise<string[]> {
  const changes = await listChanges(place);
  return changes.filter(({ status }) => status === 'A').map(({ path }) => path);
}

interface Change {
  status: string;
  path: string;
}

/** Files that are not as the index has them. No process is started in a submodule. */
async function listChanges(place: Place): Promise<Change[]> {
  const args = ['diff-files', '--raw', '-z', '--no-renames', '--ignore-submodules=all'];
  const fields = fieldsOf(await git(place, args, place.index));
  const changes: Change[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    changes.push({ status: fields[at]?.slice(-1) ?? '', path: fields[at + 1] ?? '' });
  }
  return changes;
}

async function draftOfFiles(place: Place): Promise<void> {
  const [entries, changes, others] = await Promise.all([
    listIndex(place),
    listChanges(place),
    git(place, ['ls-files', '--others', '--exclude-standard', '-z'], place.index).then(fieldsOf),
  ]);
  const changed = new Set(changes.map(({ path }) => path));
  const candidates = [
    ...changes.filter(({ status }) => status !== 'D').map(({ path }) => path),
    // A folder among them is a repository of its own.
    ...others.filter((path) => !path.endsWith('/')),
  ];
  const files = await existing(place.workTree, [...new Set(candidates)]);
  await fillDraft(
    place,
    entries.filter(({ path, stage }) => stage === '0' && !changed.has(path)),
  );
  const input = Buffer.from(files.map((path) => `${path}\0`).join(''), 'latin1');
  // Git reads no file through a link to a folder, and converts line endings alone: no filter has a program here.
  await git(place, ['update-index', '--add', '--remove', '--replace', '-z', '--stdin'], place.draft, { input });
}

/** Those that Git can keep: files and links. */
async function existing(workTree: string, paths: readonly string[]): Promise<string[]> {
  if (paths.length > MAX_CHANGED_FILES) throw tooLarge();
  const kept: string[] = [];
  let bytes = 0;
  for (const path of paths) {
    const file = Buffer.concat([Buffer.from(`${workTree}/`), Buffer.from(path, 'latin1')]);
    const found = await lstat(file).catch(() => null);
    if (!found?.isFile() && !found?.isSymbolicLink()) continue;
    bytes += found.size;
    if (bytes > MAX_CHANGED_BYTES) throw tooLarge();
    kept.push(path);
  }
  return kept;
}

function tooLarge(): AppError {
  return new AppError('repository_too_large', 'more changed than can be copied', {
    details: { problem: 'changesTooLarge' },
  });
}

async function headOf({ reader, signal }: Place): Promise<string | null> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', 'HEAD^{commit}'];
  const id = await runGit(args, { gitDir: reader, signal, timeoutMs: TIMEOUT_MS }).catch((error) => {
    if (isStop(error)) throw error;
    return '';
  });
  const text = id.toString().trim();
  return isCommitId(text) ? text : null;
}

async function writeCommit(place: Place, tree: string, head: string | null): Promise<string> {
  const input = head === null ? firstCommit(tree) : await withTree(place, head, tree);
  const args = ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'];
  return (await git(place, args, place.draft, { input })).toString().trim();
}

async function withTree({ reader, signal }: Place, head: string, tree: string): Promise<Buffer> {
  const commit = await runGit(['cat-file', 'commit', head], { gitDir: reader, signal, timeoutMs: TIMEOUT_MS });
  const end = commit.indexOf('\n');
  if (!/^tree [0-9a-f]+$/.test(commit.toString('latin1', 0, end))) {
    throw new AppError('repository_corrupt', 'HEAD is no commit');
  }
  return Buffer.concat([Buffer.from(`tree ${tree}`), commit.subarray(end)]);
}

/** Before the first commit there is nobody to name. */
function firstCommit(tree: string): Buffer {
  const who = `Uncommitted <uncommitted@localhost> ${Math.floor(Date.now() / 1000)} +0000`;
  return Buffer.from(`tree ${tree}\nauthor ${who}\ncommitter ${who}\n\nInitial commit\n`);
}
