import { databaseTime, type Tx } from '@/lib/db/client';
import type { AuditRef } from './audit-flow';
import { startNextAudits } from './audit-flow';
import { NO_OBJECTS } from './audit-objects';
import { askForAnswer } from './commit-answers';
import { recordFailedAudit } from './notifications/audit-notices';

/** Channel that tells workers which audit ended early. */
export const CANCEL_CHANNEL = 'elder_cancel';

interface EarlyEnd {
  status: 'failed' | 'cancelled';
  errorCode: string | null;
}

/** Ends a locked audit that will not be settled: nothing more runs, the next one of its branch starts. */
export async function endAudit(
  tx: Tx,
  { auditId, attempt, projectId }: AuditRef & { projectId: string },
  { status, errorCode }: EarlyEnd,
): Promise<void> {
  const now = await databaseTime(tx);
  await tx.audit.update({ where: { id: auditId }, data: { status, errorCode, endedAt: now, ...NO_OBJECTS } });
  await tx.auditJob.updateMany({
    where: { auditId, attempt, status: { in: ['waiting', 'running'] } },
    data: { status: 'cancelled', endedAt: now },
  });
  await tx.auditMagic.deleteMany({ where: { auditId, status: { in: ['waiting', 'running'] } } });
  await tx.auditMap.deleteMany({ where: { auditId } });
  await tx.$executeRaw`select pg_notify(${CANCEL_CHANNEL}, ${auditId})`;
  if (status === 'failed') await recordFailedAudit(tx, auditId, errorCode ?? 'internal');
  await startNextAudits(tx, projectId);
  await askForAnswer(tx, auditId);
}
