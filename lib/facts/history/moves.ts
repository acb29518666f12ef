import { compareText } from '@/lib/magics/hash';
import { isNoBlob } from './commit-blobs';
import type { CommitFileRecord } from './commit-record';

/** Directory moves of one commit that are tried on files whose content changed with the move. */
const MAX_DIRECTORIES = 20;

type Blobs = readonly [before: string, after: string];

/**
 * Files that a commit moved, told without comparing contents: the same blob left one path and came to another, or the
 * file went the way its neighbours went, or its name is the only one of its kind that left and came.
 */
export function findMoves(files: readonly CommitFileRecord[], blobs: readonly Blobs[]): [from: string, to: string][] {
  const gone = new Map<string, string>();
  const come = new Map<string, string>();
  files.forEach(([status, path], place) => {
    const [before = '', after = ''] = blobs[place] ?? [];
    if (status === 'D' && !isNoBlob(before)) gone.set(path, before);
    if (status === 'A' && !isNoBlob(after)) come.set(path, after);
  });
  const moves: [string, string][] = [];
  const take = (from: string, to: string): void => {
    moves.push([from, to]);
    gone.delete(from);
    come.delete(to);
  };
  if (gone.size === 0 || come.size === 0) return moves;
  for (const [from, to] of pairsBy(gone, come, (_, blob) => blob)) take(from, to);
  for (const [from, to] of pairsBy(gone, come, (path, blob) => `${baseName(path)} ${blob}`)) take(from, to);
  for (const [before, after] of directoriesOf(moves)) {
    for (const from of [...gone.keys()]) {
      const to = from.startsWith(before) ? after + from.slice(before.length) : '';
      if (come.has(to)) take(from, to);
    }
  }
  for (const [from, to] of pairsBy(gone, come, baseName)) take(from, to);
  return moves.sort(([a], [b]) => compareText(a, b));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** One path of each side that alone have a key. */
function pairsBy(
  gone: ReadonlyMap<string, string>,
  come: ReadonlyMap<string, string>,
  keyOf: (path: string, blob: string) => string,
): [string, string][] {
  const left = uniqueBy(gone, keyOf);
  return [...uniqueBy(come, keyOf)].flatMap(([key, to]): [string, string][] => {
    const from = left.get(key) ?? null;
    return from === null || to === null ? [] : [[from, to]];
  });
}

function uniqueBy(
  paths: ReadonlyMap<string, string>,
  keyOf: (path: string, blob: string) => string,
): Map<string, string | null> {
  const unique = new Map<string, string | null>();
  for (const [path, blob] of paths) {
    const key = keyOf(path, blob);
    unique.set(key, unique.has(key) ? null : path);
  }
  return unique;
}

/** Prefixes that moves have in common, those of most moves first. */
function directoriesOf(moves: readonly (readonly [string, string])[]): [before: string, after: string][] {
  const counts = new Map<string, { pair: [string, string]; count: number }>();
  for (const [from, to] of moves) {
    const pair = prefixesOf(from, to);
    const key = pair.join('\0');
    const known = counts.get(key);
    if (known) known.count += 1;
    else counts.set(key, { pair, count: 1 });
  }
  return [...counts]
    .sort(([a, { count: x }], [b, { count: y }]) => y - x || compareText(a, b))
    .slice(0, MAX_DIRECTORIES)
    .map(([, { pair }]) => pair);
}

/** What is left of two paths without the segments they end in alike. */
function prefixesOf(from: string, to: string): [string, string] {
  const left = from.split('/');
  const right = to.split('/');
  while (left.length > 0 && right.length > 0 && left.at(-1) === right.at(-1)) {
    left.pop();
    right.pop();
  }
  return [left.map((part) => `${part}/`).join(''), right.map((part) => `${part}/`).join('')];
}
