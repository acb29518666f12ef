import type { FileFact, FileRole, MentionFact } from '@/lib/magics/facts/code';
import type { ManifestFact } from '@/lib/magics/facts/project';
import { compareText } from '@/lib/magics/hash';
import { parentPath } from '../project/project-text';
import { LOADER_MARK, PACKAGE_PREFIX, PROGRAM_MARK } from '../text/path-mentions';
import { resolvePath } from './imports/tree-index';

/** What one file may name, as `path-mentions.ts` found it. */
export interface MentioningFile {
  path: string;
  role: FileRole;
  names: readonly string[];
}

/** More files or directories of one name are not told apart: all of them count as named. */
const MAX_SAME_NAME = 100;
const CODE = /(?:\.d)?\.(?:[cm]?[jt]sx?|py|rs)$/;
const HEAD = /^(?:\.{1,2}\/|[@~#$]\/|\/)+/;
/** A path as the manifest gives it to the outside names what is built, not what it is built from. */
const BUILDS = /(?:^|\/)(?:package\.json|pyproject\.toml|setup\.(?:py|cfg))$/;

interface TreeNames {
  /** Files of code by their name without its ending. */
  files: Map<string, string[]>;
  directories: Map<string, string[]>;
  isDirectory: ReadonlySet<string>;
  packages: ReadonlySet<string>;
}

/** Looks names up in the tree, by the way from the file that holds them and else by their end: in doubt it is a mention. */
export function resolveMentions(
  mentioning: readonly MentioningFile[],
  files: readonly FileFact[],
  manifests: readonly ManifestFact[],
): MentionFact[] {
  const tree = indexNames(files, manifests);
  const found = new Map<string, MentionFact>();
  const add = (form: MentionFact['form'], name: string) => found.set(`${form}\n${name}`, { form, name });
  for (const paths of tree.files.values())
    if (paths.length > MAX_SAME_NAME) for (const path of paths) add('file', path);
  for (const paths of tree.directories.values()) {
    if (paths.length > MAX_SAME_NAME) for (const path of paths) add('directory', path);
  }
  for (const { path, role, names } of mentioning) {
    const isLoader = names.includes(LOADER_MARK);
    if (isLoader) add('tree', parentPath(path));
    for (const name of names) {
      if (name === PROGRAM_MARK) add('program', path);
      else if (name.startsWith(PACKAGE_PREFIX)) addPackage(name.slice(PACKAGE_PREFIX.length), tree, path, add);
      else if (name !== LOADER_MARK) addPath(name, { path, isCode: role === 'production', isLoader }, tree, add);
    }
  }
  return [...found.values()].sort((a, b) => compareText(a.form, b.form) || compareText(a.name, b.name));
}

type Add = (form: MentionFact['form'], name: string) => void;

function indexNames(files: readonly FileFact[], manifests: readonly ManifestFact[]): TreeNames {
  const tree: TreeNames & { isDirectory: Set<string> } = {
    files: new Map(),
    directories: new Map(),
    isDirectory: new Set(),
    packages: new Set(manifests.flatMap(({ dependencies }) => dependencies)),
  };
  for (const { path } of files) {
    if (!CODE.test(path)) continue;
    const bare = path.replace(CODE, '');
    push(tree.files, bare.slice(bare.lastIndexOf('/') + 1), path);
    for (let up = parentPath(path); up !== '' && !tree.isDirectory.has(up); up = parentPath(up)) {
      tree.isDirectory.add(up);
      push(tree.directories, up.slice(up.lastIndexOf('/') + 1), up);
    }
  }
  return tree;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

function addPackage(name: string, tree: TreeNames, from: string, add: Add): void {
  const parts = name.split('/');
  const owner = parts.slice(0, name.startsWith('@') ? 2 : 1).join('/');
  if (tree.packages.has(owner)) add('package', owner);
  else if (parts.length > 1) addPath(name, { path: from, isCode: true, isLoader: false }, tree, add);
}

interface Mentioner {
  path: string;
  /** Ships and runs: a directory it names may be read while it does. */
  isCode: boolean;
  isLoader: boolean;
}

function addPath(written: string, from: Mentioner, tree: TreeNames, add: Add): void {
  const wild = written.search(/[*$[]/);
  const isWild = wild >= 0 && !/^\$\w*\//.test(written);
  const name = (isWild ? written.slice(0, written.lastIndexOf('/', wild) + 1) : written).replace(/[./:]+$/, '');
  if (name === '') return;
  const isDotted = !name.includes('/') && !CODE.test(name);
  addOwner(name, tree, add);
  const path = isDotted ? name.replaceAll('.', '/') : name;
  const beside = path.startsWith('.') ? resolvePath(parentPath(from.path), path) : null;
  const end = path.replace(HEAD, '');
  if (!isWild) {
    const ends = isDotted && end.includes('/') ? [end, end.slice(0, end.lastIndexOf('/'))] : [end];
    for (const each of BUILDS.test(from.path) ? [...ends, end.slice(end.lastIndexOf('/') + 1)] : ends) {
      for (const file of filesEnding(each, tree)) if (file !== from.path) add('file', file);
    }
  }
  if (!from.isCode || (isDotted && !isWild)) return;
  const directories = beside !== null && tree.isDirectory.has(beside) ? [beside] : directoriesEnding(end, tree);
  for (const directory of directories) add(isWild || from.isLoader ? 'tree' : 'directory', directory);
}

/** `node_modules/name/…` and `~@scope/name/…` of settings, pages and styles. */
function addOwner(name: string, tree: TreeNames, add: Add): void {
  const parts = name.replace(/^.*node_modules\/|^~/, '').split('/');
  const owner = parts.slice(0, parts[0]?.startsWith('@') ? 2 : 1).join('/');
  if (tree.packages.has(owner)) add('package', owner);
}

function filesEnding(end: string, tree: TreeNames): string[] {
  const bare = end.replace(CODE, '');
  const named = tree.files.get(bare.slice(bare.lastIndexOf('/') + 1)) ?? [];
  return named.length > MAX_SAME_NAME ? [] : named.filter((path) => isEnd(path.replace(CODE, ''), bare));
}

function directoriesEnding(end: string, tree: TreeNames): string[] {
  const named = tree.directories.get(end.slice(end.lastIndexOf('/') + 1)) ?? [];
  return named.length > MAX_SAME_NAME ? [] : named.filter((path) => isEnd(path, end));
}

function isEnd(path: string, end: string): boolean {
  return path === end || path.endsWith(`/${end}`);
}
