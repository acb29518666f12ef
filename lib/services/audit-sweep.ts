import { hostname } from 'node:os';
import { db, query, type Tx } from '@/lib/db/client';
import type { WorkerKind } from '@/lib/env';
import type { QueueBackend } from '@/lib/queues/backend';
import { JOBS, type JobName } from '@/lib/queues/catalog';
import type { Stage } from '@/lib/schemas/audits';
import { endAudit } from './audit-end';
import { addJobs, advanceAudit, type JobRef, lockAudit, lockRunning, requeueJob, startNextAudits } from './audit-flow';
import { NO_OBJECTS } from './audit-objects';
import { dropUnreadableJobs } from './unreadable-jobs';
import { WORKER_SILENCE_SECONDS } from './worker-processes';

/** A worker of this host whose process is gone and that missed its last reports. */
const MISSED_REPORT_SECONDS = 3;
/** Three reports and a sweep. */
const DISOWNED_AFTER_MS = 6_000;
/** An audit that stands still again and again has a cause that a further attempt would meet too. */
const MAX_ATTEMPTS = 3;
/** A job that waits longer without being known to the queue was lost. */
const LOST_AFTER_SECONDS = 20;

/** Jobs the queue is asked about at a time: each is a question of its own. */
const ASKED_AT_ONCE = 100;
const NO_ID = '00000000-0000-0000-0000-000000000000';

interface JobRow {
  auditId: string;
  attempt: number;
  stage: Stage;
  key: string;
  queueId: string;
}

/** Hands over the jobs of dead workers, and those that a living worker holds by the table and not in fact. */
export async function handOverJobs(graceMs = DISOWNED_AFTER_MS): Promise<number> {
  await removeDeadWorkers();
  const rows = await query<JobRow & { tries: number; isDisowned: boolean }>`
    select j.audit_id as "auditId", j.attempt, j.kind as stage, j.key, j.queue_id as "queueId", j.tries,
      w.id is not null as "isDisowned"
    from audit_jobs j
    join audits a on a.id = j.audit_id and a.attempt = j.attempt and a.status = 'running'
    left join worker_processes w on w.id = j.worker
    where j.status = 'running' and (w.id is null or not w.jobs @> jsonb_build_array(
      jsonb_build_object('auditId', j.audit_id, 'attempt', j.attempt, 'stage', j.kind, 'key', j.key)))`;
  const disowned = rows.filter(({ isDisowned }) => isDisowned);
  const lasting = stillSuspect(
    disowned.map((job) => `${keyOf(job)} ${job.tries}`),
    graceMs,
  );
  const lost = rows.filter((job) => !job.isDisowned || lasting.has(`${keyOf(job)} ${job.tries}`));
  for (const job of lost) await handOver(job);
  return lost.length;
}

/** Since when a job is missing from its worker's reports: it may have been taken after the last one. */
const suspects = new Map<string, number>();

function stillSuspect(keys: readonly string[], graceMs: number): Set<string> {
  const now = performance.now();
  for (const key of suspects.keys()) if (!keys.includes(key)) suspects.delete(key);
  for (const key of keys) if (!suspects.has(key)) suspects.set(key, now);
  return new Set(keys.filter((key) => now - (suspects.get(key) ?? now) > graceMs));
}

function keyOf({ auditId, attempt, stage, key }: JobRef): string {
  return `${auditId} ${attempt} ${stage} ${key}`;
}

async function handOver(job: JobRow & { tries: number }): Promise<void> {
  await db().$transaction(async (tx) => {
    const audit = await lockRunning(tx, job);
    const { auditId, attempt, stage: kind, key, queueId, tries } = job;
    // Another worker may have taken it since.
    const same = await tx.auditJob.count({ where: { auditId, attempt, kind, key, queueId, tries, status: 'running' } });
    if (audit && same === 1) await requeueJob(tx, job, audit.priority);
  });
}

async function removeDeadWorkers(): Promise<void> {
  const silent = await query<{ id: string; host: string; pid: number; isSilent: boolean }>`
    select id, host, pid, last_seen_at < now() - ${WORKER_SILENCE_SECONDS} * interval '1 second' as "isSilent"
    from worker_processes where last_seen_at < now() - ${MISSED_REPORT_SECONDS} * interval '1 second'`;
  const dead = silent.filter(({ isSilent, host, pid }) => isSilent || (host === hostname() && !isAlive(pid)));
  const ids = dead.map(({ id }) => id);
  if (ids.length > 0) await query`delete from worker_processes where id = any(${ids})`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Brings back jobs the queue lost and audits that stand still; returns how many. */
export async function repairAudits(queues: QueueBackend): Promise<number> {
  await dropUnreadableJobs();
  return (await requeueLost(queues)) + (await restartStanding());
}

async function requeueLost(queues: QueueBackend): Promise<number> {
  let count = 0;
  let after = NO_ID;
  for (;;) {
    const rows = await query<JobRow & { id: string }>`
      select j.id, j.audit_id as "auditId", j.attempt, j.kind as stage, j.key, j.queue_id as "queueId"
      from audit_jobs j join audits a on a.id = j.audit_id and a.attempt = j.attempt and a.status in ('queued', 'running')
      where j.status = 'waiting' and j.queued_at < now() - ${LOST_AFTER_SECONDS} * interval '1 second' and j.id > ${after}::uuid
        and not exists (select 1 from outbox_jobs o where o.options->>'jobId' = j.queue_id)
      order by j.id limit ${ASKED_AT_ONCE}::int`;
    const held = await findHeld(queues, rows);
    const lost = rows.filter(({ queueId }) => !held.has(queueId));
    for (const job of lost) await db().$transaction((tx) => requeueWaiting(tx, job));
    count += lost.length;
    if (rows.length < ASKED_AT_ONCE) return count;
    after = rows.at(-1)?.id ?? after;
  }
}

async function requeueWaiting(tx: Tx, job: JobRow): Promise<void> {
  const audit = await lockAudit(tx, job.auditId);
  const { auditId, attempt, stage: kind, key, queueId } = job;
  const same = await tx.auditJob.count({ where: { auditId, attempt, kind, key, queueId, status: 'waiting' } });
  if (audit?.attempt === attempt && same === 1) await requeueJob(tx, job, audit.priority);
}

async function findHeld(queues: QueueBackend, jobs: readonly JobRow[]): Promise<Set<string>> {
  const idsByKind = new Map<WorkerKind, string[]>();
  for (const { stage, queueId } of jobs) {
    const { kind } = JOBS[`audit.${stage}` satisfies JobName];
    idsByKind.set(kind, [...(idsByKind.get(kind) ?? []), queueId]);
  }
  const held = await Promise.all([...idsByKind].map(([kind, ids]) => queues.findHeld(kind, ids)));
  return new Set(held.flatMap((ids) => [...ids]));
}

async function restartStanding(): Promise<number> {
  const standing = await query<{ auditId: string }>`
    select a.id as "auditId" from audits a
    where a.status in ('queued', 'running') and not exists (
      select 1 from audit_jobs j where j.audit_id = a.id and j.attempt = a.attempt and j.status in ('waiting', 'running'))
    order by a.id`;
  for (const { auditId } of standing) await db().$transaction((tx) => restart(tx, auditId));
  return standing.length;
}

async function restart(tx: Tx, auditId: string): Promise<void> {
  const audit = await lockAudit(tx, auditId);
  if (!audit) return;
  if (audit.status === 'queued') return startNextAudits(tx, audit.projectId);
  if (audit.status !== 'running') return;
  const active = () =>
    tx.auditJob.count({ where: { auditId, attempt: audit.attempt, status: { in: ['waiting', 'running'] } } });
  await advanceAudit(tx, audit);
  if ((await active()) > 0) return;
  if (audit.attempt >= MAX_ATTEMPTS) return endAudit(tx, audit, { status: 'failed', errorCode: 'internal' });
  const attempt = audit.attempt + 1;
  await tx.audit.update({ where: { id: auditId }, data: { attempt, shards: 0, ...NO_OBJECTS } });
  // Nothing of the attempt before counts any more, nor is it shown.
  await tx.auditMagic.deleteMany({ where: { auditId } });
  await tx.auditMagic.createMany({
    data: audit.enabledMagics.map((magic) => ({ auditId, magic, attempt, status: 'waiting' })),
  });
  await addJobs(tx, { ...audit, attempt }, [{ stage: 'prepare', key: '' }]);
}
