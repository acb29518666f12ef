import { assembleRun } from '@/lib/services/audit-facts';
import { finishJob } from '@/lib/services/audit-jobs';
import { findRun } from '@/lib/services/audit-run';
import { putFacts } from '@/lib/services/facts-object';
import type { JobHandler } from '../job-handler';

/** Puts all facts together where Git is, for judges that have none. */
export const assemble: JobHandler<'audit.assemble'> = async (_payload, { ref, signal, pool, log }) => {
  const run = await findRun(ref);
  if (!run) return log.info('audit ended or superseded');

  const facts = await assembleRun(run, { pool, signal });
  const factsObject = await putFacts(run, facts, signal);
  await finishJob(ref, { bytes: factsObject.sizeBytes }, async (tx, { auditId }) => {
    await tx.audit.update({ where: { id: auditId }, data: { factsObject } });
  });
};
