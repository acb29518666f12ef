import { randomUUID } from 'node:crypto';
import { databaseTime, type Tx } from '@/lib/db/client';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import type { JobName } from '@/lib/queues/catalog';
import { enqueue } from '@/lib/queues/enqueue';
import type { Stage } from '@/lib/schemas/audits';
import { lockProjectRow } from './project-lock';

/** Which run of which audit; writes of an older attempt are refused. */
export interface AuditRef {
  auditId: string;
  attempt: number;
}

/** A unit of work. `key` is the shard of a collect and the magic of a judge job, else empty. */
export interface JobRef extends AuditRef {
  stage: Stage;
  key: string;
}

export interface LockedAudit extends AuditRef {
  projectId: string;
  branch: string;
  status: string;
  priority: number;
  shards: number;
  /** Whether its workers read packs in place of Git, and its facts are put together for the judges. */
  isPacked: boolean;
  enabledMagics: string[];
}

const SETTLED = new Set(['done', 'failed', 'cancelled']);

/** The audit, held until the transaction ends; null when it is not running this attempt any more. */
export async function lockRunning(tx: Tx, { auditId, attempt }: AuditRef): Promise<LockedAudit | null> {
  const audit = await lockAudit(tx, auditId);
  return audit && audit.status === 'running' && audit.attempt === attempt ? audit : null;
}

export async function lockAudit(tx: Tx, auditId: string): Promise<LockedAudit | null> {
  const [audit] = await tx.$queryRaw<LockedAudit[]>`
    select id as "auditId", attempt, project_id as "projectId", branch, status::text, priority, shards,
      packs is not null as "isPacked", enabled_magics as "enabledMagics"
    from audits where id = ${auditId}::uuid for update`;
  return audit ?? null;
}

/** Adds jobs and enqueues those that were not there: twice called, once enqueued. */
export async function addJobs(
  tx: Tx,
  audit: AuditRef & { priority: number },
  jobs: readonly { stage: Stage; key: string }[],
): Promise<void> {
  if (jobs.length === 0) return;
  const { auditId, attempt, priority } = audit;
  const queuedAt = await databaseTime(tx);
  const added = await tx.auditJob.createManyAndReturn({
    data: jobs.map(({ stage, key }) => {
      const queueId = newQueueId({ auditId, attempt, stage, key });
      return { auditId, attempt, kind: stage, key, queueId, queuedAt };
    }),
    skipDuplicates: true,
    select: { kind: true, key: true, queueId: true },
  });
  for (const { kind, key, queueId } of added) {
    await enqueueJob(tx, { auditId, attempt, stage: kind as Stage, key }, priority, queueId);
  }
}

/** Gives a job to the queue again, under a new id, so that whatever holds the old one cannot block it. */
export async function requeueJob(tx: Tx, ref: JobRef, priority: number, delayMs = 0): Promise<void> {
  const queueId = newQueueId(ref);
  const { auditId, attempt, stage, key } = ref;
  await tx.auditJob.updateMany({
    where: { auditId, attempt, kind: stage, key },
    data: { status: 'waiting', worker: null, queueId, queuedAt: await databaseTime(tx) },
  });
  if (stage === 'judge') {
    await tx.auditMagic.updateMany({ where: { auditId, magic: key, status: 'running' }, data: { status: 'waiting' } });
  }
  await enqueueJob(tx, ref, priority, queueId, delayMs);
}

/**
 * Starts what can start now that a job ended: judges when all facts are there, put together where judges read no Git;
 * settling when all judges spoke.
 * The audit must be locked. Safe to call at any time.
 */
export async function advanceAudit(tx: Tx, audit: LockedAudit): Promise<void> {
  const jobs = await tx.auditJob.findMany({
    where: { auditId: audit.auditId, attempt: audit.attempt },
    select: { kind: true, key: true, status: true },
  });
  const has = (stage: Stage, key: string) => jobs.some((job) => job.kind === stage && job.key === key);
  const isSettled = (stage: Stage, expected: number) => {
    const own = jobs.filter((job) => job.kind === stage);
    return own.length >= expected && own.every((job) => SETTLED.has(job.status));
  };
  if (!isSettled('prepare', 1) || !isSettled('collect', audit.shards) || !isSettled('history', 1)) return;
  if (audit.isPacked && !has('assemble', '')) return addJobs(tx, audit, [{ stage: 'assemble', key: '' }]);
  if (audit.isPacked && !isSettled('assemble', 1)) return;
  const enabled = MAGIC_IDS.filter((magic) => audit.enabledMagics.includes(magic));
  const judges = enabled.map((magic): Pick<JobRef, 'stage' | 'key'> => ({ stage: 'judge', key: magic }));
  await addJobs(
    tx,
    audit,
    judges.filter(({ stage, key }) => !has(stage, key)),
  );
  if (isSettled('judge', enabled.length) && !has('settle', '')) {
    await addJobs(tx, audit, [{ stage: 'settle', key: '' }]);
  }
}

/** Starts the next waiting audit of each branch on which none is under way. */
export async function startNextAudits(tx: Tx, projectId: string): Promise<void> {
  await lockProjectRow(tx, projectId);
  const next = await tx.$queryRaw<(AuditRef & { priority: number })[]>`
    select distinct on (a.branch) a.id as "auditId", a.attempt, a.priority
    from audits a
    where a.project_id = ${projectId}::uuid and a.status = 'queued'
      and not exists (
        select 1 from audits b where b.project_id = a.project_id and b.branch = a.branch
          and b.status in ('queued', 'running')
          and exists (select 1 from audit_jobs j where j.audit_id = b.id and j.attempt = b.attempt))
    order by a.branch, a.number`;
  for (const audit of next) await addJobs(tx, audit, [{ stage: 'prepare', key: '' }]);
}

async function enqueueJob(
  tx: Tx,
  { auditId, attempt, stage, key }: JobRef,
  priority: number,
  jobId: string,
  delayMs = 0,
): Promise<void> {
  const options = { jobId, priority, delayMs };
  const ref = { auditId, attempt };
  if (stage === 'collect') await enqueue(tx, 'audit.collect', { ...ref, shard: Number(key) }, options);
  else if (stage === 'judge') await enqueue(tx, 'audit.judge', { ...ref, magicId: key as MagicId }, options);
  else await enqueue(tx, `audit.${stage}` satisfies JobName, ref, options);
}

/** Readable in the queue; new each time. */
function newQueueId({ auditId, attempt, stage, key }: JobRef): string {
  return [stage, key || '-', auditId, attempt, randomUUID().slice(0, 8)].join('.');
}
