import type { GitRepository } from '@/lib/git/open-local';
import type { CommitFileRecord, CommitRecord } from './commit-record';
import { readCommits } from './read-commits';

/** One file of a commit and its blobs before and after; all zeros for none. */
export interface ChangedBlob {
  status: CommitFileRecord[0];
  path: string;
  before: string;
  after: string;
}

/** Git writes zeros, abbreviated or not, where there is no blob. */
export function isNoBlob(id: string): boolean {
  return /^0*$/.test(id);
}

/** Changed blobs by commit, in the order of the commit's files. */
export type ReadChangedBlobs = (commitIds: readonly string[]) => Promise<Map<string, ChangedBlob[]>>;

/** From the records that hold them; Git is asked for others. */
export function createChangedBlobs(
  repository: GitRepository,
  records: ReadonlyMap<string, CommitRecord>,
  signal?: AbortSignal,
): ReadChangedBlobs {
  return async (commitIds) => {
    const found = new Map<string, ChangedBlob[]>();
    const unknown: string[] = [];
    for (const id of commitIds) {
      const record = records.get(id);
      if (record?.blobs) found.set(id, toChanges(record, record.blobs));
      else unknown.push(id);
    }
    if (unknown.length === 0) return found;
    for await (const { id, record, blobs } of readCommits(repository, unknown, 'brief', signal)) {
      found.set(id, toChanges(record, blobs));
    }
    return found;
  };
}

function toChanges({ files }: CommitRecord, blobs: NonNullable<CommitRecord['blobs']>): ChangedBlob[] {
  return files.map(([status, path], at) => {
    const [before = '', after = ''] = blobs[at] ?? [];
    return { status, path, before, after };
  });
}
