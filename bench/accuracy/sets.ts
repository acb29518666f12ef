import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const parents = [process.env.DATASETS_DIR ?? join(dirname(resolve(repository)), 'shared', 'datasets')];
if (process.env.DATASET_CLONES_DIR) parents.push(process.env.DATASET_CLONES_DIR);

/** Files of one labelled set, by the paths its labels name. */
export interface SetFolder {
  read(path: string): Buffer;
  /** Many at the price of one. */
  readAll(paths: readonly string[]): Buffer[];
}

/** The same of a commit, whose paths are known. */
export interface SetFiles extends SetFolder {
  paths: readonly string[];
}

/** Text files in a folder of that name; null where there is none. */
export function findFolder(name: string): SetFolder | null {
  const folder = parents.map((parent) => join(parent, name)).find((path) => existsSync(path));
  if (!folder) return null;
  const read = (path: string) => readFileSync(join(folder, path));
  return { read, readAll: (paths) => paths.map(read) };
}

/** A clone, bare or not, as `<owner>+<name>`, `<owner>+<name>/repo` or `<name>`; null where there is none. */
export function findClone(owner: string, name: string, under = ''): SetFiles | null {
  const places = parents.flatMap((parent) => [
    join(parent, `${owner}+${name}`, 'repo'),
    join(parent, `${owner}+${name}`),
    join(parent, name),
  ]);
  const clone = places.find((path) => existsSync(join(path, 'HEAD')) || existsSync(join(path, '.git')));
  return clone ? committedFiles(clone, under) : null;
}

/** The files of HEAD: two processes however many there are. */
function committedFiles(clone: string, under: string): SetFiles {
  const tree = git(clone, ['ls-tree', '-r', '-z', 'HEAD', '--', ...(under === '' ? [] : [under])]).toString();
  const ids = new Map(
    tree.split('\0').flatMap((row): [string, string][] => {
      const [, kind, id, path] = /^\d+ (\w+) ([0-9a-f]+)\t(.*)$/s.exec(row) ?? [];
      return kind === 'blob' && id && path ? [[path, id]] : [];
    }),
  );
  const idOf = (path: string) => {
    const id = ids.get(path);
    if (!id) throw new Error(`${path} is not in ${clone}`);
    return id;
  };
  return {
    paths: [...ids.keys()].sort(),
    read: (path) => git(clone, ['cat-file', 'blob', idOf(path)]),
    readAll: (paths) => readBlobs(clone, paths.map(idOf)),
  };
}

function readBlobs(clone: string, ids: readonly string[]): Buffer[] {
  const output = git(clone, ['cat-file', '--batch'], `${ids.join('\n')}\n`);
  const contents: Buffer[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [id, kind, size] = output.subarray(at, end).toString().split(' ');
    if (kind !== 'blob') throw new Error(`${id} is missing from ${clone}`);
    contents.push(output.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return contents;
}

function git(clone: string, args: readonly string[], input?: string): Buffer {
  return execFileSync('git', ['-C', clone, ...args], { input, maxBuffer: 1024 ** 3 });
}
