import { query } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { type AuditProgress, STAGES, type Stage } from '@/lib/schemas/audits';
import { estimateEnd, loadTypicalSeconds } from './estimates';
import { hasAnyWorker } from './worker-processes';

interface AuditRow {
  id: string;
  projectId: string;
  status: AuditProgress['status'];
  enabledMagics: string[];
  startedAt: Date | null;
  endedAt: Date | null;
}

interface JobRow {
  auditId: string;
  kind: Stage;
  status: StageStatus;
  counts: Record<string, number>;
  startedAt: Date | null;
  endedAt: Date | null;
}

type StageProgress = AuditProgress['stages'][number];
type StageStatus = StageProgress['status'];

/** Where an audit stands. The caller has checked that the asker may see it. */
export async function loadProgress(auditId: string): Promise<AuditProgress> {
  const progress = (await loadProgressOf([auditId])).get(auditId);
  if (!progress) throw new AppError('not_found', 'no such audit');
  return progress;
}

export async function loadProgressOf(auditIds: readonly string[]): Promise<Map<string, AuditProgress>> {
  if (auditIds.length === 0) return new Map();
  const [audits, jobs] = await Promise.all([
    query<AuditRow>`
      select id, project_id as "projectId", status::text, enabled_magics as "enabledMagics",
        started_at as "startedAt", ended_at as "endedAt"
      from audits where id = any(${auditIds}::uuid[])`,
    query<JobRow>`
      select j.audit_id as "auditId", j.kind, j.status::text, j.counts, j.started_at as "startedAt", j.ended_at as "endedAt"
      from audit_jobs j join audits a on a.id = j.audit_id and a.attempt = j.attempt
      where a.id = any(${auditIds}::uuid[])`,
  ]);
  const active = audits.filter(({ status }) => status === 'queued' || status === 'running');
  const [typical, hasWorker] = await Promise.all([
    loadTypicalSeconds(active.map(({ id }) => id)),
    active.length === 0 || hasAnyWorker(),
  ]);
  const now = new Date();
  return new Map(
    audits.map((audit) => {
      const own = jobs.filter(({ auditId }) => auditId === audit.id);
      const isActive = active.includes(audit);
      const end = isActive ? estimateEnd(audit.startedAt, typical.get(audit.id), now) : null;
      return [audit.id, { ...buildProgress(audit, own, end), hasWorker: !isActive || hasWorker }];
    }),
  );
}

function buildProgress(audit: AuditRow, jobs: readonly JobRow[], end: Date | null): Omit<AuditProgress, 'hasWorker'> {
  const magicsTotal = audit.enabledMagics.length;
  const stages = STAGES.flatMap((stage) => {
    const own = jobs.filter(({ kind }) => kind === stage);
    // Only where judges have no Git is there such a job.
    if (stage === 'assemble' && own.length === 0) return [];
    return buildStage(stage, own, stage === 'judge' ? magicsTotal : 1, audit.status);
  });
  return {
    status: audit.status,
    stages,
    magicsDone: stages.find(({ stage }) => stage === 'judge')?.done ?? 0,
    magicsTotal,
    startedAt: audit.startedAt?.toISOString() ?? null,
    endedAt: audit.endedAt?.toISOString() ?? null,
    estimatedCompletionTime: end?.toISOString() ?? null,
  };
}

function buildStage(
  stage: Stage,
  jobs: readonly JobRow[],
  leastTotal: number,
  auditStatus: AuditProgress['status'],
): StageProgress {
  const counts: Record<string, number> = {};
  for (const job of jobs) {
    for (const [name, count] of Object.entries(job.counts)) counts[name] = (counts[name] ?? 0) + count;
  }
  const total = Math.max(leastTotal, jobs.length);
  const settled = jobs.filter(({ status }) => status === 'done' || status === 'failed');
  const status = stageStatus(jobs, total, auditStatus);
  const isOver = status !== 'waiting' && status !== 'running';
  return {
    stage,
    status,
    done: settled.length,
    total,
    counts,
    startedAt: toText(earliest(jobs.map(({ startedAt }) => startedAt))),
    endedAt: isOver ? toText(latest(jobs.map(({ endedAt }) => endedAt))) : null,
  };
}

function stageStatus(jobs: readonly JobRow[], total: number, auditStatus: AuditProgress['status']): StageStatus {
  const has = (status: StageStatus) => jobs.some((job) => job.status === status);
  if (has('cancelled')) return 'cancelled';
  const isActive = auditStatus === 'queued' || auditStatus === 'running';
  const isComplete = jobs.length >= total && !has('waiting') && !has('running');
  if (isComplete) return has('failed') ? 'failed' : 'done';
  if (!isActive) return 'cancelled';
  return has('running') || has('done') || has('failed') ? 'running' : 'waiting';
}

function earliest(times: readonly (Date | null)[]): Date | null {
  return times.reduce((best, time) => (time && (!best || time < best) ? time : best), null);
}

function latest(times: readonly (Date | null)[]): Date | null {
  return times.reduce((best, time) => (time && (!best || time > best) ? time : best), null);
}

function toText(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}
