import { databaseTime, db, type Tx } from '@/lib/db/client';
import { endAudit } from './audit-end';
import { type JobRef, lockRunning } from './audit-flow';
import { failJob } from './audit-jobs';
import { type GivenUpJob, setJobAside } from './failed-jobs';

/**
 * Settles a job that will not be tried again, so that its audit never hangs: without a commit, a settlement or facts put
 * together the audit failed; without some facts or a magic it goes on and ends as partial. What is to be told of the job
 * is set aside with it.
 */
export async function giveUpJob(
  ref: JobRef,
  errorCode: string,
  told?: Pick<GivenUpJob, 'payload' | 'tries' | 'worker'>,
): Promise<void> {
  const setAside = async (tx: Tx) => {
    if (told) await setJobAside(tx, { ...told, name: `audit.${ref.stage}`, errorCode });
  };
  if (ref.stage === 'prepare' || ref.stage === 'assemble' || ref.stage === 'settle') {
    await failAudit(ref, errorCode, setAside);
    return;
  }
  await failJob(ref, errorCode, async (tx) => {
    await setAside(tx);
    if (ref.stage !== 'judge') return;
    await tx.auditMagic.updateMany({
      where: { auditId: ref.auditId, magic: ref.key, status: { in: ['waiting', 'running'] } },
      data: { status: 'error', errorCode, attempt: ref.attempt, completedAt: await databaseTime(tx) },
    });
  });
}

async function failAudit(ref: JobRef, errorCode: string, setAside: (tx: Tx) => Promise<void>): Promise<void> {
  const { auditId, attempt, stage: kind, key } = ref;
  await db().$transaction(async (tx) => {
    const audit = await lockRunning(tx, ref);
    if (!audit) return;
    await tx.auditJob.updateMany({
      where: { auditId, attempt, kind, key },
      data: { status: 'failed', errorCode, endedAt: await databaseTime(tx) },
    });
    await setAside(tx);
    const { projectId } = audit;
    const isAccess = /^(?:repository|provider)_/.test(errorCode) && errorCode !== 'repository_no_such_commit';
    if (kind === 'prepare' && isAccess) {
      // Another branch that is not there says nothing about the project.
      const where = { id: projectId, ...(errorCode === 'repository_no_such_branch' && { branch: audit.branch }) };
      await tx.project.updateMany({ where, data: { accessProblem: errorCode } });
    }
    await endAudit(tx, { auditId, attempt, projectId }, { status: 'failed', errorCode });
  });
}
