import { AppError } from '@/lib/errors';
import type { CommitRecord } from './commit-record';

/** Paths that the commits of one run may touch: more are a dump of data or an attack. */
const MAX_PATHS = 500_000;

/**
 * What commits say file by file and person by person, without the commits themselves. Plain JSON; a place is the position
 * of a commit, 0 = newest, a person and a path the position in their list.
 */
export interface RunSummary {
  people: [name: string, email: string, commits: number, newestAt: number][];
  paths: string[];
  files: RunFile[];
  moves: [from: string, to: string, place: number][];
  largeBlobs: [path: string, sizeBytes: number][];
  /** As `CommitRecord.textBytes`, of the commits that have any. */
  textBytes: [place: number, bytes: number][];
}

/** One path that commits added or changed; deletions do not count. */
export interface RunFile {
  path: number;
  /** The oldest of these commits. */
  created: [place: number, at: number, person: number];
  /** The newest of these commits. */
  changed: [place: number, at: number];
  /** Commits by person. */
  changes: [person: number, commits: number][];
}

export interface RunSummaryBuilder {
  /** In any order. */
  add(place: number, record: CommitRecord): void;
  finish(): RunSummary;
}

export function createRunSummary(): RunSummaryBuilder {
  const people = new Map<string, { index: number; row: RunSummary['people'][number] }>();
  const files = new Map<string, Omit<RunFile, 'changes'> & { changes: Map<number, number> }>();
  const moves: RunSummary['moves'] = [];
  const largeBlobs: RunSummary['largeBlobs'] = [];
  const textBytes: RunSummary['textBytes'] = [];

  function personOf({ authorName, authorEmail, committedAt }: CommitRecord): number {
    const key = `${authorName}\n${authorEmail}`;
    const known = people.get(key);
    if (known) {
      known.row[2] += 1;
      known.row[3] = Math.max(known.row[3], committedAt);
      return known.index;
    }
    const index = people.size;
    people.set(key, { index, row: [authorName, authorEmail, 1, committedAt] });
    return index;
  }

  return {
    add(place, record) {
      const person = personOf(record);
      for (const [status, path] of record.files) {
        if (status === 'D') continue;
        let file = files.get(path);
        if (!file) {
          if (files.size === MAX_PATHS) throw tooLarge();
          const at = record.committedAt;
          file = { path: files.size, created: [place, at, person], changed: [place, at], changes: new Map() };
          files.set(path, file);
        } else if (place > file.created[0]) file.created = [place, record.committedAt, person];
        else if (place < file.changed[0]) file.changed = [place, record.committedAt];
        file.changes.set(person, (file.changes.get(person) ?? 0) + 1);
      }
      for (const [from, to] of record.moves ?? []) moves.push([from, to, place]);
      largeBlobs.push(...(record.largeBlobs ?? []));
      if (record.textBytes) textBytes.push([place, record.textBytes]);
    },
    finish: () => ({
      people: [...people.values()].map(({ row }) => row),
      paths: [...files.keys()],
      files: [...files.values()].map(({ changes, ...file }) => ({ ...file, changes: [...changes] })),
      moves,
      largeBlobs,
      textBytes,
    }),
  };
}

function tooLarge(): AppError {
  return new AppError('repository_too_large', `commits beside one another touch more than ${MAX_PATHS} files`);
}
