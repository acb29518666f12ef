import { AppError } from '@/lib/errors';
import { planCommit } from '@/lib/facts/read-repository';
import { changedLines } from '@/lib/git/changed-lines';
import { commitAt } from '@/lib/git/commit-at';
import { mergeBase } from '@/lib/git/new-code';
import type { GitRepository } from '@/lib/git/open-local';
import { resolveCommit } from '@/lib/git/read-tree';
import { findRenames } from '@/lib/git/renames';
import { keepPlan, readContext, settingsCommitOf } from '@/lib/services/audit-facts';
import { packShards } from '@/lib/services/audit-packs';
import { savePlan } from '@/lib/services/audit-plan';
import { type AuditRun, findRun } from '@/lib/services/audit-run';
import { findNewCodeStart } from '@/lib/services/gate-baseline';
import { readFetched } from '@/lib/services/repositories';
import type { JobHandler } from '../job-handler';

/** Fetches, pins the commit and plans who reads what. A repeat keeps the plan that was saved. */
export const prepare: JobHandler<'audit.prepare'> = async (_payload, context) => {
  const { ref, signal, pool, log, worker } = context;
  const found = await findRun(ref);
  if (!found) return log.info('audit ended or superseded');

  const headRef = found.pullRequest?.headRef;
  const options = { signal, moreRefs: headRef ? [headRef] : [] };
  const { run, plan, renames, start, base, repository } = await readFetched(found, options, async (repository) => {
    const commit = await commitOf(found, repository, signal);
    const run = await withBase(found, commit, repository, signal);
    const context = readContext(run, repository, { pool, signal });
    const plan = await planCommit(context, commit, { settingsOf: settingsCommitOf(run.pullRequest) });
    const start = await findNewCodeStart(run, { repository, commitId: plan.head.id, signal, log });
    const from = run.pullRequest ? run.pullRequest.baseCommitId : run.asOf ? null : run.currentCommitId;
    const renames = from ? await findRenames(repository, { from, to: plan.head.id }, { signal, log }) : [];
    const base = run.pullRequest && from ? await baseOf(repository, { from, to: plan.head.id }, signal) : null;
    return { run, plan, start, renames, base, repository };
  });
  const packs = await packShards(run, plan, repository, signal);
  const saved = await savePlan(ref, plan, { inlineWorker: worker, renames, start, base, packs });
  if (saved) keepPlan(ref, { ...plan, branch: run.branch });
  if (saved?.shards === 1) await context.runHeld({ ...ref, stage: 'collect', key: '0' });
};

/** What Git finds the commit by. */
async function commitOf(run: AuditRun, repository: GitRepository, signal: AbortSignal): Promise<string> {
  if (run.askedCommitId) return askedCommit(repository, run.askedCommitId, signal);
  return run.asOf ? pastCommit(repository, run.branch, run.asOf, signal) : `refs/heads/${run.branch}`;
}

/** A branch that was rewritten or deleted takes its commits along. */
async function askedCommit(repository: GitRepository, commitId: string, signal: AbortSignal): Promise<string> {
  try {
    await resolveCommit(repository, commitId, signal);
    return commitId;
  } catch (cause) {
    signal.throwIfAborted();
    throw new AppError('repository_no_such_commit', 'the commit that was asked for is gone', { cause });
  }
}

async function pastCommit(repository: GitRepository, branch: string, asOf: Date, signal: AbortSignal): Promise<string> {
  const commit = await commitAt(repository, branch, asOf, signal);
  if (!commit) throw new AppError('repository_no_such_branch', 'the branch has no commit that old');
  return commit;
}

/** A pull request is judged by what it adds to the commit where it left its base. */
async function withBase(
  run: AuditRun,
  commit: string,
  repository: GitRepository,
  signal: AbortSignal,
): Promise<AuditRun> {
  if (!run.pullRequest) return run;
  const baseCommitId = await mergeBase(repository, `refs/heads/${run.branch}`, commit, signal).catch(
    (cause: unknown) => {
      signal.throwIfAborted();
      throw new AppError('repository_no_such_commit', 'the pull request has no commit in common with its base', {
        cause,
      });
    },
  );
  return { ...run, pullRequest: { ...run.pullRequest, baseCommitId } };
}

async function baseOf(repository: GitRepository, range: { from: string; to: string }, signal: AbortSignal) {
  return { commitId: range.from, changedRanges: await changedLines(repository, range, signal) };
}
