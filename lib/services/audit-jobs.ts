import { cleanJson } from '@/lib/clean-text';
import { databaseTime, db, query, type Tx } from '@/lib/db/client';
import { advanceAudit, type JobRef, type LockedAudit, lockRunning, requeueJob } from './audit-flow';
import { askForAnswer } from './commit-answers';
import { WORKER_SILENCE_SECONDS } from './worker-processes';

/**
 * Takes the job for a worker and counts the try. Null when there is nothing to do: the audit ended or was superseded,
 * the job is done, or a worker that still reports has it.
 */
export async function beginJob(ref: JobRef, worker: string): Promise<{ tries: number } | null> {
  return db().$transaction(async (tx) => {
    if (ref.stage === 'prepare') await startAudit(tx, ref);
    if (!(await lockRunning(tx, ref))) return null;
    const [job] = await tx.$queryRaw<{ tries: number }[]>`
      update audit_jobs j
      set status = 'running', worker = ${worker}, tries = j.tries + 1,
        started_at = coalesce(j.started_at, now()), ended_at = null
      where j.audit_id = ${ref.auditId}::uuid and j.attempt = ${ref.attempt} and j.kind = ${ref.stage} and j.key = ${ref.key}
        and (j.status = 'waiting' or j.status = 'running' and (j.worker = ${worker} or not exists (
          select 1 from worker_processes w where w.id = j.worker
            and w.last_seen_at > now() - ${WORKER_SILENCE_SECONDS} * interval '1 second')))
      returning tries`;
    if (job && ref.stage === 'judge') {
      await tx.$executeRaw`
        update audit_magics set status = 'running', started_at = coalesce(started_at, now())
        where audit_id = ${ref.auditId}::uuid and magic = ${ref.key} and status = 'waiting'`;
    }
    return job ?? null;
  });
}

/** Records what a job did and starts what waited for it. False when the audit ended or was superseded meanwhile. */
export async function finishJob(
  ref: JobRef,
  counts: Record<string, number>,
  write?: (tx: Tx, audit: LockedAudit) => Promise<void>,
): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const audit = await lockRunning(tx, ref);
    if (!audit) return false;
    await write?.(tx, audit);
    await endJob(tx, ref, 'done', { counts, errorCode: null });
    await advanceAudit(tx, (await lockRunning(tx, ref)) ?? audit);
    return true;
  });
}

/** Ends a job that will not be tried again; the audit goes on without what it would have told. */
export async function failJob(
  ref: JobRef,
  errorCode: string,
  write?: (tx: Tx, audit: LockedAudit) => Promise<void>,
): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const audit = await lockRunning(tx, ref);
    if (!audit) return false;
    await endJob(tx, ref, 'failed', { errorCode });
    await write?.(tx, audit);
    await advanceAudit(tx, audit);
    return true;
  });
}

/** Ends a try that failed; the job comes back later. */
export async function retryJob(ref: JobRef, errorCode: string, delayMs: number): Promise<void> {
  await giveBack(ref, { errorCode }, delayMs);
}

/** Hands a job back that its worker must leave, or that waits for something else; the try does not count. */
export async function handBackJob(ref: JobRef, delayMs = 0): Promise<void> {
  await giveBack(ref, { tries: { decrement: 1 } }, delayMs);
}

async function giveBack(
  ref: JobRef,
  data: { errorCode: string } | { tries: { decrement: number } },
  delayMs: number,
): Promise<void> {
  await db().$transaction(async (tx) => {
    const audit = await lockRunning(tx, ref);
    if (!audit) return;
    const left = await tx.auditJob.updateMany({ where: { ...idOf(ref), status: 'running' }, data });
    if (left.count > 0) await requeueJob(tx, ref, audit.priority, delayMs);
  });
}

/** Progress inside a running job. */
export async function reportCounts(ref: JobRef, counts: Record<string, number>): Promise<void> {
  await query`
    update audit_jobs set counts = ${JSON.stringify(counts)}::jsonb
    where audit_id = ${ref.auditId}::uuid and attempt = ${ref.attempt} and kind = ${ref.stage} and key = ${ref.key}
      and status = 'running'`;
}

/** Of these audits, those that run no more: their jobs shall stop. */
export async function findEnded(refs: readonly { auditId: string; attempt: number }[]): Promise<Set<string>> {
  const rows = await query<{ id: string }>`
    select ref.id from unnest(${refs.map(({ auditId }) => auditId)}::uuid[], ${refs.map(({ attempt }) => attempt)}::int[]) as ref (id, attempt)
    where not exists (select 1 from audits a where a.id = ref.id and a.attempt = ref.attempt and a.status = 'running')`;
  return new Set(rows.map(({ id }) => id));
}

async function startAudit(tx: Tx, { auditId, attempt }: JobRef): Promise<void> {
  const started = await tx.$executeRaw`
    update audits set status = 'running', started_at = coalesce(started_at, now())
    where id = ${auditId}::uuid and attempt = ${attempt} and status = 'queued'`;
  if (started > 0) await askForAnswer(tx, auditId);
}

async function endJob(
  tx: Tx,
  ref: JobRef,
  status: 'done' | 'failed',
  { counts, errorCode }: { counts?: Record<string, number>; errorCode: string | null },
): Promise<void> {
  await tx.auditJob.updateMany({
    where: { ...idOf(ref), status: { in: ['waiting', 'running'] } },
    data: { status, errorCode, endedAt: await databaseTime(tx), ...(counts && { counts: cleanJson(counts) }) },
  });
}

function idOf({ auditId, attempt, stage, key }: JobRef) {
  return { auditId, attempt, kind: stage, key };
}
