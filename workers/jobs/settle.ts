import { forgetFacts } from '@/lib/services/audit-facts';
import { handBackJob } from '@/lib/services/audit-jobs';
import { dropAuditObjects } from '@/lib/services/audit-objects-sweep';
import { findRun } from '@/lib/services/audit-run';
import { settleAudit } from '@/lib/services/audit-settle';
import { isBaseUnderWay } from '@/lib/services/base-audits';
import type { JobHandler } from '../job-handler';

const BASE_POLL_MS = 1_000;

/** Joins what the magics said. The audit's last write, all in one transaction. */
export const settle: JobHandler<'audit.settle'> = async (_payload, { ref, log }) => {
  const run = await findRun(ref);
  if (!run) return log.info('audit ended or superseded');
  if (await isBaseUnderWay(run)) return handBackJob(ref, BASE_POLL_MS);

  await settleAudit(ref, run);
  forgetFacts(ref);
  // Upkeep looks again.
  await dropAuditObjects(run).catch((err: unknown) => log.warn({ err }, 'what the audit kept in the store stays'));
};
