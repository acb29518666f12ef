import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const parents = [process.env.DATASETS_DIR ?? join(dirname(resolve(repository)), 'shared', 'datasets')];
if (process.env.DATASET_CLONES_DIR) parents.push(process.env.DATASET_CLONES_DIR);

/** Files of one labelled set, read once. */
export interface SetFiles {
  paths: readonly string[];
  read(path: string): Buffer;
}

/** Text files in a folder of that name; null where there is none. */
export function findFolder(name: string): SetFiles | null {
  const folder = parents.map((parent) => join(parent, name)).find((path) => existsSync(path));
  if (!folder) return null;
  return { paths: [], read: (path) => readFileSync(join(folder, path)) };
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
  const read = new Map<string, Buffer>();
  return {
    paths: [...ids.keys()].sort(),
    read(path) {
      const id = ids.get(path);
      if (!id) throw new Error(`${path} is not in ${clone}`);
      if (under === '') return git(clone, ['cat-file', 'blob', id]);
      if (read.size === 0) for (const [each, content] of readAll(clone, [...ids.values()])) read.set(each, content);
      return read.get(id) ?? Buffer.alloc(0);
    },
  };
}

function readAll(clone: string, ids: readonly string[]): Map<string, Buffer> {
  const output = git(clone, ['cat-file', '--batch'], `${ids.join('\n')}\n`);
  const contents = new Map<string, Buffer>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [id = '', kind, size] = output.subarray(at, end).toString().split(' ');
    const length = kind === 'blob' ? Number(size) : -1;
    contents.set(id, output.subarray(end + 1, end + 1 + Math.max(0, length)));
    at = end + 1 + length + 1;
  }
  return contents;
}

function git(clone: string, args: readonly string[], input?: string): Buffer {
  return execFileSync('git', ['-C', clone, ...args], { input, maxBuffer: 1024 ** 3 });
}
