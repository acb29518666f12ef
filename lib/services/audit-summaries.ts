import { query } from '@/lib/db/client';
import type { AuditSummary } from '@/lib/schemas/audits';
import type { Counts, Sentence } from '@/lib/schemas/common';
import { noCounts } from './finding-matching';

interface SummaryRow {
  id: string;
  projectId: string;
  projectName: string;
  number: number;
  status: AuditSummary['status'];
  kind: AuditSummary['auditType'];
  trigger: string;
  requestedBy: string | null;
  branch: string;
  commitId: string | null;
  commitSubject: string | null;
  commitAuthor: string | null;
  committedAt: Date | null;
  healthScore: number | null;
  healthCoverage: number | null;
  previousHealth: number | null;
  gate: AuditSummary['gate'];
  gateReason: Sentence | null;
  counts: Partial<Counts>;
  newCounts: Partial<Counts>;
  fixedCount: number;
  magicsJudged: number;
  enabledMagics: string[];
  errorCode: string | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** Summaries in the order of the ids. The caller has checked that the asker may see them. */
export async function loadSummaries(auditIds: readonly string[]): Promise<AuditSummary[]> {
  if (auditIds.length === 0) return [];
  const rows = await query<SummaryRow>`
    select a.id, a.project_id as "projectId", p.name as "projectName", a.number, a.status::text, a.kind, a.trigger, u.name as "requestedBy", a.branch,
      a.commit_id as "commitId", a.commit_subject as "commitSubject", a.commit_author as "commitAuthor",
      a.committed_at as "committedAt", a.health_score as "healthScore", a.health_coverage as "healthCoverage",
      before.health_score as "previousHealth", a.gate, a.gate_reason as "gateReason", a.counts,
      a.new_counts as "newCounts", a.fixed_count as "fixedCount", judged.count as "magicsJudged",
      a.enabled_magics as "enabledMagics", a.error_code as "errorCode", a.created_at as "createdAt",
      a.started_at as "startedAt", a.ended_at as "endedAt"
    from unnest(${auditIds}::uuid[]) with ordinality as asked (id, place)
    join audits a on a.id = asked.id
    join projects p on p.id = a.project_id
    left join users u on u.id = a.requested_by_id
    left join lateral (
      select b.health_score from audits b
      where b.project_id = a.project_id and b.branch = a.branch and b.number < a.number and b.health_score is not null
      order by b.number desc limit 1) before on true
    cross join lateral (
      select count(*)::int as count from audit_magics m
      where m.audit_id = a.id and m.result is not null and m.status <> 'error') judged
    order by asked.place`;
  return rows.map(toSummary);
}

function toSummary(row: SummaryRow): AuditSummary {
  const isKnown = row.commitId !== null && row.committedAt !== null;
  return {
    auditId: row.id,
    projectId: row.projectId,
    projectName: row.projectName,
    number: row.number,
    status: row.status,
    auditType: row.kind,
    trigger: row.trigger,
    requestedBy: row.requestedBy,
    branch: row.branch,
    commit: isKnown
      ? {
          id: row.commitId ?? '',
          subject: row.commitSubject ?? '',
          author: row.commitAuthor ?? '',
          committedAt: row.committedAt?.toISOString() ?? '',
        }
      : null,
    healthScore: row.healthScore,
    healthCoverage: row.healthCoverage,
    healthChange: changeOf(row.healthScore, row.previousHealth),
    gate: row.gate,
    gateReason: row.gateReason,
    counts: { ...noCounts(), ...row.counts },
    newCounts: { ...noCounts(), ...row.newCounts },
    fixedCount: row.fixedCount,
    magicsJudged: row.magicsJudged,
    magicsTotal: row.enabledMagics.length,
    errorCode: row.errorCode,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : Math.round((now - before) * 10) / 10;
}
