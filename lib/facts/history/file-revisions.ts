import type { TreeEntry } from '@/lib/git/read-tree';
import { classifyPath } from '@/lib/magics/classify-path';
import type { CommitFact, FileRevisionFact } from '@/lib/magics/facts/history';
import { compareText } from '@/lib/magics/hash';
import { blobKey } from '../blob-key';
import { blobPlan } from '../blob-plan';
import type { BlobRequest, ReadCode } from './code-claims';
import { isNoBlob, type ReadChangedBlobs } from './commit-blobs';

const MAX_PATHS = 20;
const MAX_REVISIONS = 10;
const MIN_REVISIONS = 5;
/** Larger files cost more to read ten times than their trend is worth. */
const MAX_SIZE_BYTES = 256 * 1024;

interface Request {
  tree: readonly TreeEntry[];
  readChanges: ReadChangedBlobs;
  readCode: ReadCode;
}

/** What the files that change most looked like in their last revisions: at most 200 blobs, kept like all others. */
export async function readFileRevisions(
  { tree, readChanges, readCode }: Request,
  commits: readonly CommitFact[],
): Promise<FileRevisionFact[]> {
  const wanted = frequentFiles(tree, commits);
  const ids = [...new Set([...wanted.values()].flat())];
  if (ids.length === 0) return [];
  const at = new Map(commits.map(({ id, committedAt }) => [id, committedAt]));
  const found: { path: string; commitId: string; request: BlobRequest }[] = [];
  for (const [id, changes] of await readChanges(ids)) {
    changes.forEach(({ path, after }) => {
      if (!wanted.get(path)?.includes(id) || isNoBlob(after)) return;
      found.push({ path, commitId: id, request: { key: blobKey(after, path), blobId: after, path } });
    });
  }
  const shapes = await readCode(found.map(({ request }) => request));
  return found
    .flatMap(({ path, commitId, request }): FileRevisionFact[] => {
      const shape = shapes.get(request.key);
      if (!shape || shape.codeHash === null) return [];
      const { cyclomatic, codeLines, markers } = shape;
      return [{ path, commitId, at: at.get(commitId) ?? 0, cyclomatic, codeLines, markers }];
    })
    .sort((a, b) => compareText(a.path, b.path) || a.at - b.at || compareText(a.commitId, b.commitId));
}

/** Newest commits of the product files that changed most often, by path. */
function frequentFiles(tree: readonly TreeEntry[], commits: readonly CommitFact[]): Map<string, string[]> {
  const sizes = new Map(tree.map(({ path, sizeBytes }) => [path, sizeBytes]));
  const changes = new Map<string, string[]>();
  for (const { id, files } of commits) {
    for (const { path, status } of files) {
      if (status === 'D' || (sizes.get(path) ?? Number.POSITIVE_INFINITY) > MAX_SIZE_BYTES) continue;
      const known = changes.get(path);
      if (known) known.push(id);
      else changes.set(path, [id]);
    }
  }
  const frequent = [...changes]
    .filter(
      ([path, ids]) =>
        ids.length >= MIN_REVISIONS && blobPlan(path).language !== null && classifyPath(path) === 'production',
    )
    .sort(([a, x], [b, y]) => y.length - x.length || compareText(a, b))
    .slice(0, MAX_PATHS);
  return new Map(frequent.map(([path, ids]) => [path, ids.slice(0, MAX_REVISIONS)]));
}
