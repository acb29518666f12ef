import { historyOf, planRun } from '@/lib/services/audit-facts';
import { finishHistory } from '@/lib/services/audit-history';
import { findRun } from '@/lib/services/audit-run';
import type { JobHandler } from '../job-handler';

/** Reads the commits that nobody has read yet. */
export const history: JobHandler<'audit.history'> = async (_payload, { ref, signal, pool, log, report }) => {
  const run = await findRun(ref);
  if (!run) return log.info('audit ended or superseded');

  const { context, plan } = await planRun(run, {
    pool,
    signal,
    onProgress: ({ step, done, total }) => step === 'history' && report({ commits: done, commitsTotal: total }),
  });
  await finishHistory(ref, await historyOf(run, context, plan));
};
