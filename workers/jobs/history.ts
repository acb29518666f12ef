import { historyOf, planRun } from '@/lib/services/audit-facts';
import { finishHistory } from '@/lib/services/audit-history';
import { findRun } from '@/lib/services/audit-run';
import { askHost } from '@/lib/services/host-evidence';
import type { JobHandler } from '../job-handler';

/** Reads the commits that nobody has read yet; beside it, the Git host is asked what Git does not hold. */
export const history: JobHandler<'audit.history'> = async (_payload, { ref, signal, pool, log, report }) => {
  const run = await findRun(ref);
  if (!run) return log.info('audit ended or superseded');

  const { context, plan } = await planRun(run, {
    pool,
    signal,
    onProgress: ({ step, done, total }) => step === 'history' && report({ commits: done, commitsTotal: total }),
  });
  const asking = askHost({ ref, run, now: plan.head.committedAt }, { signal, log });
  // Read first: should it fail, the host's word is there when the job comes back.
  const history = await historyOf(run, context, plan).finally(() => asking);
  await finishHistory(ref, history);
};
