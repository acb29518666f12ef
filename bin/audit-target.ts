import { type GitRepository, openLocal } from '@/lib/git/open-local';
import { takeSnapshot, type Uncommitted } from '@/lib/git/snapshot';

/** What is audited: a commit, or what is not committed yet as one. */
export interface AuditTarget extends AsyncDisposable {
  repository: GitRepository & { source: { gitDir: string } };
  ref: string | undefined;
  /** undefined: as the ref says. */
  branch: string | null | undefined;
  uncommitted: { kind: Uncommitted; head: string | null } | undefined;
}

interface TargetRequest {
  path: string;
  ref?: string | undefined;
  uncommitted?: Uncommitted | undefined;
  indexFile?: string | undefined;
}

export async function openTarget(
  { path, ref, uncommitted: kind, indexFile }: TargetRequest,
  signal?: AbortSignal,
): Promise<AuditTarget> {
  if (kind === undefined) {
    const repository = await openLocal(path, signal);
    const nothing = () => Promise.resolve();
    return { repository, ref, branch: undefined, uncommitted: undefined, [Symbol.asyncDispose]: nothing };
  }
  const snapshot = await takeSnapshot(path, kind, { indexFile, signal });
  const { repository, commit, branch, head } = snapshot;
  const uncommitted = { kind, head };
  return { repository, ref: commit, branch, uncommitted, [Symbol.asyncDispose]: () => snapshot[Symbol.asyncDispose]() };
}
