import { languageFor } from '@/lib/facts/languages/registry';
import type { GitRepository } from '@/lib/git/open-local';
import { runGit } from '@/lib/git/run-git';
import type { Place, PlaceNow } from './fates';
import { mapLine, parseHunks } from './line-map';

export interface CommitPair {
  older: string;
  newer: string;
  /** Source files that changed their path. */
  moved: number;
}

interface ChangedFile {
  from: { path: string; blob: string };
  /** Null where it was deleted. */
  to: { path: string; blob: string } | null;
}

const FLAGS = ['--no-ext-diff', '--no-textconv', '--find-renames=50%', '-l1000'];
/** NUL ends fields of Git's; this one begins a commit. */
const COMMIT = '\x01';

/** Commits of the first parents' line that touch source files, with their parents: those that move most files first, then the newest. */
export async function listPairs({ gitDir }: GitRepository, within: number): Promise<CommitPair[]> {
  const format = [`--format=${COMMIT}%H %P`, '--name-status', '-z', '-r', '-m', '--first-parent', `-${within}`];
  const listed = (await runGit(['log', ...format, ...FLAGS, 'HEAD'], { gitDir })).toString();
  const pairs = listed.split(COMMIT).flatMap((text): CommitPair[] => {
    const [head = '', ...fields] = text.split('\0');
    const [newer, older] = head.trim().split(' ');
    const paths = fields.filter((field) => languageFor(field) !== null);
    const moved = fields.filter((field, at) => /^\s*R\d+$/.test(field) && languageFor(fields[at + 2] ?? '')).length;
    return newer && older && paths.length > 0 ? [{ older, newer, moved }] : [];
  });
  return pairs.toSorted((a, b) => b.moved - a.moved);
}

/** Finds lines of the older commit in the newer, in files that moved as well. */
export async function followLines(
  { gitDir }: GitRepository,
  { older, newer }: CommitPair,
  paths: ReadonlySet<string>,
): Promise<(place: Place) => PlaceNow | null> {
  const raw = await runGit(['diff-tree', '-r', '-z', '--raw', '--no-abbrev', ...FLAGS, older, newer], { gitDir });
  const files = new Map<string, (line: number) => PlaceNow | null>();
  for (const { from, to } of parseRaw(raw.toString())) {
    if (!paths.has(from.path)) continue;
    const hunks =
      to && to.blob !== from.blob
        ? parseHunks(
            (await runGit(['diff', '--unified=0', '--no-color', ...FLAGS, from.blob, to.blob], { gitDir })).toString(),
          )
        : [];
    files.set(from.path, (line) => {
      const now = to && mapLine(hunks, line);
      return to && now !== null ? { path: to.path, line: now, isTouched: true } : null;
    });
  }
  return (place) => {
    const file = files.get(place.path);
    return file ? file(place.line) : { ...place, isTouched: false };
  };
}

/** `:modes blobs status NUL path NUL`, and the path now where it moved. */
export function parseRaw(output: string): ChangedFile[] {
  const fields = output.split('\0');
  const files: ChangedFile[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, , from = '', to = '', status = ''] = (fields[at] ?? '').split(' ');
    const path = fields[at + 1] ?? '';
    const isMoved = status.startsWith('R');
    if (isMoved) at += 1;
    if (status === 'A') continue;
    const now = isMoved ? (fields[at + 1] ?? '') : path;
    files.push({ from: { path, blob: from }, to: status === 'D' ? null : { path: now, blob: to } });
  }
  return files;
}
