import { AppError } from '@/lib/errors';
import { planCommit } from '@/lib/facts/read-repository';
import { commitAt } from '@/lib/git/commit-at';
import type { GitRepository } from '@/lib/git/open-local';
import { findRenames } from '@/lib/git/renames';
import { keepPlan, readContext } from '@/lib/services/audit-facts';
import { savePlan } from '@/lib/services/audit-plan';
import { findRun } from '@/lib/services/audit-run';
import { findNewCodeStart } from '@/lib/services/gate-baseline';
import { readFetched } from '@/lib/services/repositories';
import type { JobHandler } from '../job-handler';

/** Fetches, pins the commit and plans who reads what. A repeat keeps the plan that was saved. */
export const prepare: JobHandler<'audit.prepare'> = async (_payload, context) => {
  const { ref, signal, pool, log, worker } = context;
  const run = await findRun(ref);
  if (!run) return log.info('audit ended or superseded');

  const { plan, renames, start } = await readFetched(run.repositoryUrl, signal, async (repository) => {
    const ref = run.asOf ? await pastCommit(repository, run.branch, run.asOf, signal) : `refs/heads/${run.branch}`;
    const plan = await planCommit(readContext(run, repository, { pool, signal }), ref);
    const commits = run.currentCommitId && !run.asOf && { from: run.currentCommitId, to: plan.head.id };
    const start = await findNewCodeStart(run, { repository, commitId: plan.head.id, signal, log });
    return { plan, start, renames: commits ? await findRenames(repository, commits, { signal, log }) : [] };
  });
  const saved = await savePlan(ref, plan, { inlineWorker: worker, renames, start });
  if (saved) keepPlan(ref, { ...plan, branch: run.branch });
  if (saved?.shards === 1) await context.runHeld({ ...ref, stage: 'collect', key: '0' });
};

async function pastCommit(repository: GitRepository, branch: string, asOf: Date, signal: AbortSignal): Promise<string> {
  const commit = await commitAt(repository, branch, asOf, signal);
  if (!commit) throw new AppError('repository_no_such_branch', 'the branch has no commit that old');
  return commit;
}
