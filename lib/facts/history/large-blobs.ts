import type { GitRepository } from '@/lib/git/open-local';
import { readSizes } from '@/lib/git/read-blobs';
import type { TreeEntry } from '@/lib/git/read-tree';
import type { LargeBlobFact } from '@/lib/magics/facts/history';
import { compareText } from '@/lib/magics/hash';
import { isNoBlob } from './commit-blobs';
import type { CommitRecord } from './commit-record';

const LARGE_AT_HEAD = 5 * 1024 ** 2;
const LARGE_IN_HISTORY = 50 * 1024 ** 2;

/** Hands on the size of each blob and notes in each record which are large. Submodules and missing objects have no size. */
export async function measureBlobs(
  repository: GitRepository,
  blobs: ReadonlyMap<string, readonly [path: string, record: CommitRecord][]>,
  sizes: ReadonlyMap<string, number>,
  take: (id: string, sizeBytes: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const note = (id: string, sizeBytes: number): void => {
    if (Number.isSafeInteger(sizeBytes)) take(id, sizeBytes);
    if (!(sizeBytes > LARGE_IN_HISTORY)) return;
    for (const [path, record] of blobs.get(id) ?? []) {
      record.largeBlobs = [...(record.largeBlobs ?? []), [path, sizeBytes]];
    }
  };
  const ids: string[] = [];
  for (const id of blobs.keys()) {
    const known = sizes.get(id);
    if (known !== undefined) note(id, known);
    else if (!isNoBlob(id)) ids.push(id);
  }
  let place = 0;
  for await (const sizeBytes of readSizes(repository, ids, signal)) {
    const id = ids[place++];
    if (id) note(id, sizeBytes ?? Number.NaN);
  }
}

/** Large files at HEAD and those that only history holds, sorted by path. */
export function largeBlobsAtHead(tree: readonly TreeEntry[], inHistory: ReadonlyMap<string, number>): LargeBlobFact[] {
  const atHead = tree.filter((entry) => entry.sizeBytes > LARGE_AT_HEAD);
  const known = new Set(atHead.map((entry) => entry.path));
  return [
    ...atHead.map(({ path, sizeBytes }) => ({ path, sizeBytes, isAtHead: true })),
    ...[...inHistory]
      .filter(([path]) => !known.has(path))
      .map(([path, sizeBytes]) => ({ path, sizeBytes, isAtHead: false })),
  ].sort((a, b) => compareText(a.path, b.path));
}
