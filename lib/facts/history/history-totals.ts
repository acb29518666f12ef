import type { FileHistoryFact } from '@/lib/magics/facts';
import { compareText } from '@/lib/magics/hash';
import type { CommitRecord } from './commit-record';
import type { Identity } from './mailmap';

interface FileTotals {
  createdIndex: number;
  createdAt: number;
  createdBy: string;
  changedIndex: number;
  changedAt: number;
  revisions: number;
  changes: Map<string, number>;
}

export interface HistoryTotals {
  /** The order of calls does not matter. @param index 0 = oldest commit. */
  add(index: number, record: CommitRecord): void;
  fileHistory(): FileHistoryFact[];
  contributors(): number;
}

/** Sums a history up file by file without holding its commits. Only files of `paths` are kept. */
export function createHistoryTotals(
  paths: ReadonlySet<string>,
  identify: (identity: Identity) => Identity,
): HistoryTotals {
  const files = new Map<string, FileTotals>();
  const authors = new Set<string>();
  return {
    add(index, record) {
      const author = authorOf(record, identify).email;
      authors.add(author);
      for (const [status, path] of record.files) {
        if (status === 'D' || !paths.has(path)) continue;
        const at = record.committedAt;
        let file = files.get(path);
        if (!file) {
          file = {
            createdIndex: index,
            createdAt: at,
            createdBy: author,
            changedIndex: index,
            changedAt: at,
            revisions: 0,
            changes: new Map(),
          };
          files.set(path, file);
        }
        if (index < file.createdIndex) Object.assign(file, { createdIndex: index, createdAt: at, createdBy: author });
        if (index > file.changedIndex) Object.assign(file, { changedIndex: index, changedAt: at });
        file.revisions += 1;
        file.changes.set(author, (file.changes.get(author) ?? 0) + 1);
      }
    },
    fileHistory: () =>
      [...files]
        .sort(([a], [b]) => compareText(a, b))
        .map(([path, { changes, changedIndex: _, ...file }]) => ({
          path,
          ...file,
          authors: [...changes]
            .sort(([a], [b]) => compareText(a, b))
            .map(([author, count]) => ({ author, changes: count })),
        })),
    contributors: () => authors.size,
  };
}

/** Lower-case e-mail, else the name; a commit may lack both. */
export function authorOf(record: CommitRecord, identify: (identity: Identity) => Identity): Identity {
  return normalise(identify({ name: record.authorName, email: record.authorEmail }));
}

export function committerOf(record: CommitRecord, identify: (identity: Identity) => Identity): Identity {
  return normalise(identify({ name: record.committerName, email: record.committerEmail }));
}

function normalise({ name, email }: Identity): Identity {
  return { name, email: (email || name).toLowerCase() };
}
