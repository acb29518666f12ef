import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@/lib/errors';
import type { RepositoryPlaces } from './find-repository';
import type { StorageFormat } from './storage-format';

const PREFIX = 'elder-git-';
/** What Git may see of a repository: no configuration, hooks, attributes, grafts, index or remotes. */
const SHARED = ['refs', 'reftable', 'packed-refs', 'shallow', 'logs'];
const OBJECTS = 'objects';
/** Where a shim with objects of its own finds those of the repository. */
const THEIRS = 'their-objects';
const OF_WORK_TREE = ['refs', 'reftable', 'logs', 'ORIG_HEAD', 'FETCH_HEAD', 'MERGE_HEAD'];
const OF_MAIN_TREE = OF_WORK_TREE.filter((name) => !SHARED.includes(name));

/**
 * A Git directory of ours whose objects and refs are those of a foreign repository. Git runs here and so never learns what
 * the configuration over there asks it to run. Made anew each time, because HEAD moves and temporary files are swept.
 */
export async function makeShim(
  places: RepositoryPlaces,
  format: StorageFormat,
  { hasOwnObjects = false }: { hasOwnObjects?: boolean } = {},
): Promise<string> {
  const { gitDir, commonDir, head } = places;
  for (const name of ['packed-refs', 'shallow']) await refuseSpecial(join(commonDir, name));
  const identity = JSON.stringify([gitDir, commonDir, format, ...(hasOwnObjects ? [randomUUID()] : [])]);
  const shim = join(await shimsRoot(), `${createHash('sha256').update(identity).digest('hex').slice(0, 32)}.git`);
  await mkdir(shim, { recursive: true, mode: 0o700 });
  for (const name of SHARED) await link(join(commonDir, name), join(shim, name));
  if (hasOwnObjects) await mkdir(join(shim, OBJECTS, 'info'), { recursive: true, mode: 0o700 });
  else await link(join(commonDir, OBJECTS), join(shim, OBJECTS));
  await replaceFile(join(shim, 'config'), configOf(format));
  if (gitDir === commonDir) {
    for (const name of OF_MAIN_TREE) await link(join(gitDir, name), join(shim, name));
    await replaceFile(join(shim, 'HEAD'), head);
    return shim;
  }
  const tree = join(shim, 'worktrees', 'tree');
  await mkdir(tree, { recursive: true, mode: 0o700 });
  for (const name of OF_WORK_TREE) await link(join(gitDir, name), join(tree, name));
  await replaceFile(join(shim, 'HEAD'), head);
  await replaceFile(join(tree, 'commondir'), '../..\n');
  await replaceFile(join(tree, 'HEAD'), head);
  return tree;
}

/**
 * Lets a shim with objects of its own read those of the repository, too. Once all is written: Git gives objects that it
 * finds in place of writing them a new date, also there.
 */
export async function borrowObjects(shim: string, { commonDir }: Pick<RepositoryPlaces, 'commonDir'>): Promise<void> {
  await link(join(commonDir, OBJECTS), join(shim, THEIRS));
  // Through a link: a path of the repository may hold what this file cannot.
  await replaceFile(join(shim, OBJECTS, 'info', 'alternates'), `${join(shim, THEIRS)}\n`);
}

function configOf({ objectFormat, refStorage }: StorageFormat): string {
  const extensions = [
    ...(objectFormat ? [`\tobjectFormat = ${objectFormat}\n`] : []),
    ...(refStorage ? [`\trefStorage = ${refStorage}\n`] : []),
  ];
  const core = `[core]\n\trepositoryformatversion = ${extensions.length > 0 ? 1 : 0}\n\tbare = true\n`;
  return extensions.length > 0 ? `${core}[extensions]\n${extensions.join('')}` : core;
}

/** Git would wait for ever at a pipe. */
async function refuseSpecial(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found && !found.isFile()) throw new AppError('repository_corrupt', 'a file of the repository is no plain file');
}

async function link(target: string, path: string): Promise<void> {
  await symlink(target, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, path);
}

let root: Promise<string> | undefined;

/** One directory a process, that nobody else can write to and that ends with it. */
async function shimsRoot(): Promise<string> {
  const known = await root?.catch(() => undefined);
  if (known !== undefined && (await isOurs(known))) return known;
  root = makeRoot();
  return root;
}

async function makeRoot(): Promise<string> {
  await removeAbandoned();
  const made = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Of processes that were killed. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const [, pid] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? [];
    const path = join(tmpdir(), name);
    if (pid === undefined || isAlive(Number(pid)) || !(await isOurs(path))) continue;
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

async function isOurs(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null);
  return found?.isDirectory() === true && found.uid === process.getuid?.();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
