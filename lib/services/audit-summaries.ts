import * as z from 'zod';
import { query } from '@/lib/db/client';
import { shownChange } from '@/lib/i18n/shown-change';
import { noCounts } from '@/lib/magics/counts';
import { Policy } from '@/lib/magics/policy';
import type { AuditSummary, GateReason } from '@/lib/schemas/audits';
import type { Counts } from '@/lib/schemas/common';
import { magicsOf } from './audit-creation';
import { branchOfAudit } from './audit-line';
import { CursorTime, decodeCursor, encodeCursor } from './cursor';

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
  gateReason: GateReason | null;
  counts: Partial<Counts>;
  newCounts: Partial<Counts>;
  fixedCount: number;
  magicsJudged: number;
  enabledMagics: string[];
  policy: unknown;
  configurationVersion: number | null;
  errorCode: string | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

const Place = z.tuple([CursorTime, z.uuid()]);

interface AuditPageRequest {
  teamIds: readonly string[];
  projectId?: string | undefined;
  cursor?: string | undefined;
  offset?: number | undefined;
  limit: number;
}

/** A page of these teams' audits, newest first. The caller has checked that the asker may see them. */
export async function loadAuditPage({
  teamIds,
  projectId,
  cursor,
  offset = 0,
  limit,
}: AuditPageRequest): Promise<{ items: AuditSummary[]; nextCursor: string | null }> {
  const [createdAt, id] = decodeCursor(cursor, Place) ?? [null, null];
  const rows = await query<{ id: string; createdAt: string }>`
    select a.id, to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt"
    from audits a join projects p on p.id = a.project_id
    where p.team_id = any(${teamIds}::uuid[]) and a.as_of is null
      and (${projectId ?? null}::uuid is null or a.project_id = ${projectId ?? null}::uuid)
      and (${createdAt}::timestamptz is null or (a.created_at, a.id) < (${createdAt}::timestamptz, ${id}::uuid))
    order by a.created_at desc, a.id desc
    limit ${limit + 1}::int offset ${offset}::int`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await loadSummaries(page.map((row) => row.id)),
    nextCursor: last && rows.length > limit ? encodeCursor([last.createdAt, last.id]) : null,
  };
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
      a.enabled_magics as "enabledMagics", a.policy, a.configuration_version as "configurationVersion", a.error_code as "errorCode", a.created_at as "createdAt",
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
      where m.audit_id = a.id and m.score is not null) judged
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
    auditType: row.enabledMagics.length < magicsOf(Policy.parse(row.policy)).length ? 'chosen' : row.kind,
    trigger: row.trigger,
    requestedBy: row.requestedBy,
    branch: branchOfAudit(row.branch),
    commit: isKnown
      ? {
          id: row.commitId ?? '',
          subject: row.commitSubject ?? '',
          author: row.commitAuthor ?? '',
          committedAt: row.committedAt?.toISOString() ?? '',
        }
      : null,
    configurationVersion: row.configurationVersion,
    healthScore: row.healthScore,
    healthCoverage: row.healthCoverage,
    healthChange:
      row.healthScore === null || row.previousHealth === null ? null : shownChange(row.previousHealth, row.healthScore),
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
