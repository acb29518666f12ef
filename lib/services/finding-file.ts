import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { GitRepository } from '@/lib/git/open-local';
import { readFileAt } from '@/lib/git/read-file-at';
import { requireFinding } from './access';
import { openKept } from './repositories';

export interface FindingPlace {
  finding: Awaited<ReturnType<typeof requireFinding>>;
  path: string;
  startLine: number;
  /** The commit that saw the finding last. */
  commit: string;
}

/** The file a finding is about; `not_found` without one. */
export async function findingPlace(ctx: Context, findingId: string): Promise<FindingPlace> {
  const place = await findPlaceOf(await requireFinding(ctx, findingId, 'project.read'));
  if (!place) throw new AppError('not_found', 'the finding is about no file');
  return place;
}

/** The same for a finding that the asker may see; null when it is about no file. */
export async function findPlaceOf(finding: FindingPlace['finding']): Promise<FindingPlace | null> {
  const { path, startLine } = finding;
  const seen = { where: { id: finding.lastAuditId }, select: { commitId: true } } as const;
  const audit = finding.tool ? await db().findingImport.findFirst(seen) : await db().audit.findFirst(seen);
  // A tree can be made by hand to hold such names; Git refuses to read them.
  const isOutside = path?.split('/').includes('..');
  if (!path || isOutside || !startLine || !audit?.commitId) return null;
  return { finding, path, startLine, commit: audit.commitId };
}

/** Its bytes, of the repository as this machine keeps it; null when it is not there, or larger than asked for. */
export async function readFindingFile(
  { finding, path, commit }: FindingPlace,
  { maxBytes, signal }: { maxBytes: number; signal: AbortSignal },
): Promise<{ repository: GitRepository; bytes: Buffer | null }> {
  const repository = await openKept(finding.project, commit, signal);
  return { repository, bytes: await readFileAt(repository, commit, path, { maxBytes, signal }) };
}
