import { planCommit } from '@/lib/facts/read-repository';
import { keepPlan, readContext } from '@/lib/services/audit-facts';
import { savePlan } from '@/lib/services/audit-plan';
import { findRun } from '@/lib/services/audit-run';
import { readCommitHeader } from '@/lib/services/commit-header';
import { readFetched } from '@/lib/services/repositories';
import type { JobHandler } from '../job-handler';

/** Fetches, pins the commit and plans who reads what. A repeat keeps the plan that was saved. */
export const prepare: JobHandler<'audit.prepare'> = async (_payload, context) => {
  const { ref, signal, pool, log, worker } = context;
  const run = await findRun(ref);
  if (!run) return log.info('audit ended or superseded');

  const { plan, header } = await readFetched(run.repositoryUrl, signal, async (repository) => {
    const fetched = await planCommit(readContext(repository, { pool, signal }), `refs/heads/${run.branch}`);
    return { plan: fetched, header: await readCommitHeader(repository, fetched.commit, signal) };
  });
  const saved = await savePlan(ref, plan, header, worker);
  if (saved) keepPlan(ref, { ...plan, branch: run.branch });
  if (saved?.shards === 1) await context.runHeld({ ...ref, stage: 'collect', key: '0' });
};
