import { databaseTime, db } from '@/lib/db/client';
import { endAudit } from './audit-end';
import { type JobRef, lockRunning } from './audit-flow';
import { failJob } from './audit-jobs';

/**
 * Settles a job that will not be tried again, so that its audit never hangs: without a commit or a settlement the audit
 * failed; without some facts or a magic it goes on and ends as partial.
 */
export async function giveUpJob(ref: JobRef, errorCode: string): Promise<void> {
  if (ref.stage === 'prepare' || ref.stage === 'settle') {
    await failAudit(ref, errorCode);
    return;
  }
  await failJob(ref, errorCode, async (tx) => {
    if (ref.stage !== 'judge') return;
    await tx.auditMagic.updateMany({
      where: { auditId: ref.auditId, magic: ref.key, status: { in: ['waiting', 'running'] } },
      data: { status: 'error', errorCode, attempt: ref.attempt, completedAt: await databaseTime(tx) },
    });
  });
}

async function failAudit(ref: JobRef, errorCode: string): Promise<void> {
  const { auditId, attempt, stage: kind, key } = ref;
  await db().$transaction(async (tx) => {
    const audit = await lockRunning(tx, ref);
    if (!audit) return;
    await tx.auditJob.updateMany({
      where: { auditId, attempt, kind, key },
      data: { status: 'failed', errorCode, endedAt: await databaseTime(tx) },
    });
    const { projectId } = audit;
    if (kind === 'prepare' && errorCode.startsWith('repository_')) {
      // Another branch that is not there says nothing about the project.
      const where = { id: projectId, ...(errorCode === 'repository_no_such_branch' && { branch: audit.branch }) };
      await tx.project.updateMany({ where, data: { accessProblem: errorCode } });
    }
    await endAudit(tx, { auditId, attempt, projectId }, { status: 'failed', errorCode });
  });
}
