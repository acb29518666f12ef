import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { GitRepository } from '@/lib/git/open-local';
import { readFileAt } from '@/lib/git/read-file-at';
import { requireFinding } from './access';
import { openKept } from './repositories';

interface FindingFile {
  finding: Awaited<ReturnType<typeof requireFinding>>;
  path: string;
  startLine: number;
  /** The commit that saw the finding last. */
  commit: string;
  repository: GitRepository;
  bytes: Buffer;
}

/** The file a finding is about, of the repository as this machine keeps it; `not_found` without one. */
export async function readFindingFile(
  ctx: Context,
  findingId: string,
  { maxBytes, signal }: { maxBytes: number; signal: AbortSignal },
): Promise<FindingFile> {
  const finding = await requireFinding(ctx, findingId, 'project.read');
  const { path, startLine } = finding;
  const audit = await db().audit.findUnique({ where: { id: finding.lastAuditId }, select: { commitId: true } });
  // A tree can be made by hand to hold such names; Git refuses to read them.
  const isOutside = path?.split('/').includes('..');
  if (!path || isOutside || !startLine || !audit?.commitId)
    throw new AppError('not_found', 'the finding is about no file');

  const commit = audit.commitId;
  const repository = await openKept(finding.project.repositoryUrl, commit, signal);
  const bytes = await readFileAt(repository, commit, path, { maxBytes, signal });
  if (!bytes) throw new AppError('not_found', 'the file is not there, or too large');
  return { finding, path, startLine, commit, repository, bytes };
}
