import type { Context } from '@/lib/auth/context';
import { visibleTeams } from '@/lib/auth/permissions';
import { db, query } from '@/lib/db/client';
import type { Counts } from '@/lib/schemas/common';
import type { Portfolio, PortfolioRow, ProjectFilter } from '@/lib/schemas/projects';
import { loadProgressOf } from './audit-progress';
import { loadStrips } from './magic-cards';
import { listProjects } from './projects';

const SPARKLINE_POINTS = 20;

interface Detail {
  projectId: string;
  teamId: string;
  branch: string;
  stack: PortfolioRow['stack'];
  accessProblem: string | null;
  currentAuditId: string | null;
  gate: PortfolioRow['gate'];
  healthCoverage: number | null;
  newCounts: Counts;
  magicsJudged: number;
  magicsTotal: number;
  lastAudit: PortfolioRow['lastAudit'];
  running: { auditId: string; number: number } | null;
  sparkline: (number | null)[] | null;
  healthBefore: number | null;
}

/** The projects table with the sentence above it. */
export async function getPortfolio(ctx: Context, filter: ProjectFilter): Promise<Portfolio> {
  const teamIds = visibleTeams(ctx, 'project.read', filter.teamId);
  const page = await listProjects(ctx, filter);
  const ids = page.items.map(({ projectId }) => projectId);
  const [details, totals, statusCounts] = await Promise.all([
    loadDetails(ids),
    loadTotals(teamIds),
    countStatuses(ctx, filter),
  ]);
  const byId = new Map(details.map((detail) => [detail.projectId, detail]));
  const [progress, strips] = await Promise.all([
    loadProgressOf(details.flatMap(({ running }) => (running ? [running.auditId] : []))),
    loadStrips(details.flatMap(({ currentAuditId }) => (currentAuditId ? [currentAuditId] : []))),
  ]);
  const rows = page.items.flatMap((item): PortfolioRow[] => {
    const detail = byId.get(item.projectId);
    if (!detail) return [];
    const { currentAuditId, healthBefore, running, sparkline, ...rest } = detail;
    const runningProgress = running && progress.get(running.auditId);
    return [
      {
        ...item,
        ...rest,
        healthChange30d: difference(item.overallHealthScore, healthBefore),
        strip: currentAuditId ? (strips.get(currentAuditId) ?? []) : [],
        sparkline: sparkline ?? [],
        running: running && runningProgress ? { ...running, progress: runningProgress } : null,
      },
    ];
  });
  const total = statusCounts.all ?? 0;
  return { ...totals, statusCounts, rows, nextCursor: page.nextCursor, total };
}

function loadDetails(projectIds: readonly string[]): Promise<Detail[]> {
  return query<Detail>`
    select p.id as "projectId", p.team_id as "teamId", p.branch, p.stack, p.access_problem as "accessProblem",
      current.id as "currentAuditId", current.gate, current.health_coverage as "healthCoverage",
      coalesce(current.new_counts, '{}') as "newCounts",
      coalesce((select count(*)::int from audit_magics m where m.audit_id = current.id and m.completed_at is not null
        and m.status <> 'error'), 0) as "magicsJudged",
      coalesce(cardinality(current.enabled_magics), 8) as "magicsTotal",
      (select jsonb_build_object('auditId', a.id, 'number', a.number, 'status', a.status, 'commitId', a.commit_id,
        'trigger', a.trigger) from audits a where a.project_id = p.id order by a.number desc limit 1) as "lastAudit",
      (select jsonb_build_object('auditId', a.id, 'number', a.number) from audits a
        where a.project_id = p.id and a.status in ('queued', 'running') order by a.status desc, a.number limit 1) as running,
      (select jsonb_agg(s.health_score order by s.number) from (
        select a.number, a.health_score from audits a where a.project_id = p.id and a.branch = p.branch
          and a.status in ('completed', 'partial') order by a.number desc limit ${SPARKLINE_POINTS}) s) as sparkline,
      coalesce(
        (select a.health_score from audits a where a.project_id = p.id and a.branch = p.branch and a.health_score is not null
          and a.ended_at <= current.ended_at - interval '30 days' order by a.number desc limit 1),
        (select a.health_score from audits a where a.project_id = p.id and a.branch = p.branch and a.health_score is not null
          and a.id <> current.id order by a.number limit 1)) as "healthBefore"
    from projects p left join audits current on current.id = p.current_audit_id
    where p.id = any(${projectIds}::uuid[])`;
}

async function loadTotals(teamIds: readonly string[]) {
  const [row] = await query<Omit<Portfolio, 'rows' | 'nextCursor' | 'statusCounts' | 'total'>>`
    select round(avg(a.health_score)::numeric, 1)::float as health,
      round(avg(a.health_score - b.health_score)::numeric, 1)::float as "healthChange30d",
      count(*) filter (where a.gate = 'failed')::int as "gatesFailed",
      coalesce(sum((a.new_counts ->> 'critical')::int), 0)::int as "newCritical"
    from projects p join audits a on a.id = p.current_audit_id
    left join lateral (select health_score from audits o where o.project_id = p.id and o.branch = p.branch
      and o.health_score is not null and o.ended_at <= a.ended_at - interval '30 days'
      order by o.number desc limit 1) b on true
    where p.team_id = any(${teamIds}::uuid[])`;
  return row ?? { health: null, healthChange30d: null, gatesFailed: 0, newCritical: 0 };
}

/** Projects by status under the same search, for the filter chips. */
async function countStatuses(ctx: Context, filter: ProjectFilter): Promise<Record<string, number>> {
  const counts: Record<string, number> = { all: 0 };
  let cursor: string | undefined;
  do {
    const page = await listProjects(ctx, { ...filter, status: undefined, cursor, limit: 200, sort: 'name' });
    for (const { status } of page.items) {
      counts.all = (counts.all ?? 0) + 1;
      counts[status] = (counts[status] ?? 0) + 1;
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return counts;
}

function difference(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : Math.round((now - before) * 10) / 10;
}

/** Names of the projects a person may see, for the search box. */
export async function findProjectTeam(projectId: string): Promise<string | null> {
  const project = await db().project.findUnique({ where: { id: projectId }, select: { teamId: true } });
  return project?.teamId ?? null;
}
