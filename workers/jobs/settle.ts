import { forgetFacts } from '@/lib/services/audit-facts';
import { findRun } from '@/lib/services/audit-run';
import { settleAudit } from '@/lib/services/audit-settle';
import type { JobHandler } from '../job-handler';

/** Joins what the magics said. The audit's last write, all in one transaction. */
export const settle: JobHandler<'audit.settle'> = async (_payload, { ref, log }) => {
  const run = await findRun(ref);
  if (!run) return log.info('audit ended or superseded');

  await settleAudit(ref, run);
  forgetFacts(ref);
};
