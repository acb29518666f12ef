import type { CommitFact } from '@/lib/magics/facts/history';
import { blobKey } from '../blob-key';
import { blobPlan } from '../blob-plan';
import { type CodeShape, NO_SHAPE } from '../code-shape';
import { isNoBlob, type ReadChangedBlobs } from './commit-blobs';

/** A blob and one of the paths it has; facts by `blobKey`. */
export interface BlobRequest {
  key: string;
  blobId: string;
  path: string;
}

export type ReadCode = (requests: readonly BlobRequest[]) => Promise<Map<string, CodeShape>>;

const CLAIM = /^docs?(?:\([^)]*\))?!?:/i;
const MAX_CLAIMS = 200;
const MAX_FILES = 30;

/** Tells of commits that claim to touch documentation only whether tokens of code changed. */
export async function markCodeChanges(
  { readChanges, readCode }: { readChanges: ReadChangedBlobs; readCode: ReadCode },
  commits: readonly CommitFact[],
): Promise<void> {
  const claims = commits
    .filter(({ subject, files, parents }) => parents.length < 2 && CLAIM.test(subject) && files.some(isParsed))
    .slice(0, MAX_CLAIMS);
  const byId = new Map(claims.map((commit) => [commit.id, commit]));
  const sides: { file: CommitFact['files'][number]; before: BlobRequest | null; after: BlobRequest | null }[] = [];
  for (const [id, changes] of await readChanges([...byId.keys()])) {
    changes.slice(0, MAX_FILES).forEach(({ path, before, after }, place) => {
      const file = byId.get(id)?.files[place];
      if (file && isParsed(file)) sides.push({ file, before: toRequest(before, path), after: toRequest(after, path) });
    });
  }

  const facts = await readCode(sides.flatMap(({ before, after }) => [before, after].filter((side) => side !== null)));
  for (const { file, before, after } of sides) {
    const was = before ? (facts.get(before.key) ?? null) : NO_SHAPE;
    const is = after ? (facts.get(after.key) ?? null) : NO_SHAPE;
    const isKnown =
      was !== null && is !== null && [was, is].every((side) => side === NO_SHAPE || side.codeHash !== null);
    if (isKnown)
      file.isCodeChanged =
        was === NO_SHAPE || is === NO_SHAPE ? was.codeLines !== is.codeLines : was.codeHash !== is.codeHash;
  }
}

function isParsed({ path }: { path: string }): boolean {
  return blobPlan(path).language !== null;
}

function toRequest(blobId: string, path: string): BlobRequest | null {
  return isNoBlob(blobId) ? null : { key: blobKey(blobId, path), blobId, path };
}
