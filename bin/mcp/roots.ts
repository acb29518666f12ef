import { readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { findRepository, type RepositoryPlaces } from '@/lib/git/find-repository';
import { ToolRefusal } from './tool-answer';

/** Folders that a client may ask about, and nothing outside them, whatever links lead there. */
export interface Roots {
  folders: readonly string[];
  /** Real path of a repository inside; throws `ToolRefusal` otherwise. */
  repositoryAt(path: string | undefined): Promise<string>;
}

export async function openRoots(given: readonly string[], texts: RootTexts): Promise<Roots> {
  const folders = await Promise.all(given.map((folder) => realpath(resolve(folder))));
  const [first = resolve('.')] = folders;
  const isInside = (path: string) => folders.some((folder) => contains(folder, path));
  return {
    folders,
    async repositoryAt(path) {
      const asked = resolve(first, path ?? '.');
      // The same answer for what is outside and for what is not there: neither tells of other files.
      const place = await realpath(asked).catch(() => null);
      if (place === null || !isInside(place)) throw new ToolRefusal(texts.outside(path ?? '.', folders.join(', ')));
      const places = await findRepository(place);
      const top = places.workTree ?? places.gitDir;
      if (!isInside(top)) throw new ToolRefusal(texts.beginsOutside(top, folders.join(', ')));
      if (!(await isKeptInside(places, isInside))) throw new ToolRefusal(texts.keptOutside(top));
      return top;
    },
  };
}

export interface RootTexts {
  outside: (path: string, roots: string) => string;
  beginsOutside: (repository: string, roots: string) => string;
  keptOutside: (repository: string) => string;
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** A file `.git` may name any repository; one outside counts only when it says itself that this is a work tree of it. */
async function isKeptInside(
  { gitDir, commonDir, workTree }: RepositoryPlaces,
  isInside: (path: string) => boolean,
): Promise<boolean> {
  if (isInside(gitDir) && isInside(commonDir)) return true;
  if (workTree === null || dirname(dirname(gitDir)) !== commonDir) return false;
  const pointer = await readFile(join(gitDir, 'gitdir'), 'utf8').catch(() => '');
  const back = await realpath(pointer.trim()).catch(() => null);
  return back === join(workTree, '.git');
}
