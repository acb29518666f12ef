import { db } from '@/lib/db/client';
import { AppError, isAppError } from '@/lib/errors';
import type { RemoteHead } from '@/lib/git/remote-head';
import type { Logger } from '@/lib/logger';
import { takeGitTurn } from './git-turn';
import { readProjectHead } from './project-head';
import type { RepositorySource } from './repository-access';

/** Somebody waits for the answer. */
const TIMEOUT_MS = 5_000;

interface BranchRequest {
  project: RepositorySource & { id: string; branch: string };
  branch: string;
  idempotencyKey: string | null;
}

/**
 * Throws `repository_no_such_branch` where the repository says at once that it has none of that name. Of a branch that was
 * audited before, and where nothing can be asked, the audit itself tells.
 */
export async function refuseUnknownBranch(request: BranchRequest, log: Logger): Promise<void> {
  const { project, branch } = request;
  if (branch === project.branch || (await wasAudited(request))) return;
  const head = await askHead(project, log);
  if (!head || head.isEmpty || head.branches.some(({ name }) => name === branch)) return;
  throw new AppError('repository_no_such_branch', `branch: there is no branch called ${JSON.stringify(branch)}`, {
    details: { fields: [{ field: 'branch', problem: 'the repository has no such branch' }] },
  });
}

/** A request that is repeated is answered as before, whatever became of the branch. */
async function wasAudited({ project, branch, idempotencyKey }: BranchRequest): Promise<boolean> {
  const pinned = { branch, commitId: { not: null } };
  const or = [pinned, ...(idempotencyKey === null ? [] : [{ idempotencyKey }])];
  return (await db().audit.findFirst({ where: { projectId: project.id, OR: or }, select: { id: true } })) !== null;
}

async function askHead(project: RepositorySource, log: Logger): Promise<RemoteHead | null> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await takeGitTurn(project.teamId, () => readProjectHead(project, { signal }), signal);
  } catch (err) {
    if (!isAppError(err) && !signal.aborted) throw err;
    log.info({ err }, 'the branch of an audit could not be looked for');
    return null;
  }
}
