import type { GitRepository } from '@/lib/git/open-local';
import { readBlobs } from '@/lib/git/read-blobs';
import type { TreeEntry } from '@/lib/git/read-tree';
import { compareText } from '@/lib/magics/hash';
import { type FixableFinding, type FixedFile, fixFile } from './fix-file';
import { isFixable, MAX_FIXED_BYTES } from './is-fixable';

export interface CommitFixes {
  /** One unified diff over all files, in the order of their paths. */
  patch: string;
  files: FixedFile[];
  /** Findings that a mechanical fix may take away, and those of them that the patch takes away. */
  fixable: number;
  fixed: number;
  /** Files that were not looked at, beyond the most that are. */
  leftOut: number;
}

/** Each costs a few parses. */
const MAX_FILES = 1000;

/** All mechanical fixes of a commit's findings that are safe, file by file. */
export async function fixCommit(
  repository: GitRepository,
  tree: readonly TreeEntry[],
  findings: readonly FixableFinding[],
  signal?: AbortSignal,
): Promise<CommitFixes> {
  const byPath = new Map<string, FixableFinding[]>();
  for (const finding of findings) {
    if (finding.path === null || !isFixable(finding)) continue;
    byPath.set(finding.path, [...(byPath.get(finding.path) ?? []), finding]);
  }
  const all = tree
    .filter(({ path, mode }) => byPath.has(path) && mode.startsWith('100'))
    .sort((a, b) => compareText(a.path, b.path));
  const entries = all.slice(0, MAX_FILES);
  const files: FixedFile[] = [];
  let at = 0;
  const blobIds = entries.map(({ blobId }) => blobId);
  for await (const { bytes } of readBlobs(repository, blobIds, signal, MAX_FIXED_BYTES)) {
    const path = entries[at++]?.path ?? '';
    const file = bytes && (await fixFile(path, bytes, byPath.get(path) ?? [], signal));
    if (file) files.push(file);
    signal?.throwIfAborted();
  }
  return {
    patch: files.map(({ patch }) => patch).join(''),
    files,
    fixable: [...byPath.values()].reduce((sum, own) => sum + own.length, 0),
    fixed: files.reduce((sum, { fixes }) => sum + fixes.length, 0),
    leftOut: all.length - entries.length,
  };
}
