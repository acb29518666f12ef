import type { Context } from '@/lib/auth/context';
import { visibleTeams } from '@/lib/auth/permissions';
import { pool } from '@/lib/db/client';
import type { Counts } from '@/lib/schemas/common';
import type { Portfolio, PortfolioCounts, PortfolioRow, ProjectFilter } from '@/lib/schemas/projects';
import { loadProgressOf } from './audit-progress';
import { ofGateAuditSql } from './chosen-magics';
import { changeOf, HAS_MONTH_SQL, HEALTH_BEFORE_SQL } from './health-change';
import { loadStrips } from './magic-cards';
import { countProjects, countStacks, listProjects } from './project-list';
import { createSharedReads } from './shared-reads';

const SPARKLINE_POINTS = 20;

const sharePortfolio = createSharedReads<Portfolio>();

interface Detail {
  projectId: string;
  teamId: string;
  branch: string;
  stack: PortfolioRow['stack'];
  accessProblem: string | null;
  isArchived: boolean;
  currentAuditId: string | null;
  gate: PortfolioRow['gate'];
  healthCoverage: number | null;
  newCounts: Counts;
  lastAudit: PortfolioRow['lastAudit'];
  running: { auditId: string; number: number } | null;
  sparkline: (number | null)[] | null;
  healthBefore: number | null;
}

/** The projects table with the sentence above it. */
export async function getPortfolio(ctx: Context, filter: ProjectFilter): Promise<Portfolio> {
  const teamIds = visibleTeams(ctx, 'project.read', filter.teamId);
  return sharePortfolio(JSON.stringify([teamIds, filter]), () => loadPortfolio(ctx, teamIds, filter));
}

async function loadPortfolio(ctx: Context, teamIds: readonly string[], filter: ProjectFilter): Promise<Portfolio> {
  const page = await listProjects(ctx, filter);
  const ids = page.items.map(({ projectId }) => projectId);
  const [details, totals, statusCounts, stackCounts] = await Promise.all([
    loadDetails(ids),
    loadTotals(teamIds),
    countProjects(ctx, filter),
    countStacks(teamIds),
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
    const strip = currentAuditId ? (strips.get(currentAuditId) ?? []) : [];
    const runningProgress = running && progress.get(running.auditId);
    return [
      {
        ...item,
        ...rest,
        healthChange30d: changeOf(item.overallHealthScore, healthBefore),
        strip,
        magicsJudged: strip.filter(({ score }) => score !== null).length,
        magicsTotal: strip.length,
        sparkline: sparkline ?? [],
        running: running && runningProgress ? { ...running, progress: runningProgress } : null,
      },
    ];
  });
  const total = statusCounts.all ?? 0;
  return { ...totals, statusCounts, stackCounts, rows, nextCursor: page.nextCursor, total };
}

const DETAILS_SQL = `
    select p.id as "projectId", p.team_id as "teamId", p.branch, p.stack, p.access_problem as "accessProblem", p.is_archived as "isArchived",
      current.id as "currentAuditId", ${ofGateAuditSql('gate')} as gate, current.health_coverage as "healthCoverage",
      coalesce(current.new_counts, '{}') as "newCounts",
      (select jsonb_build_object('auditId', a.id, 'number', a.number, 'status', a.status, 'commitId', a.commit_id,
        'trigger', a.trigger) from audits a where a.project_id = p.id and a.as_of is null order by a.number desc limit 1) as "lastAudit",
      (select jsonb_build_object('auditId', a.id, 'number', a.number) from audits a
        where a.project_id = p.id and a.as_of is null and a.status in ('queued', 'running') order by a.status desc, a.number limit 1) as running,
      (select jsonb_agg(s.health_score order by s.number) from (
        select a.number, a.health_score from audits a where a.project_id = p.id and a.branch = p.branch
          and a.status in ('completed', 'partial') order by a.number desc limit ${SPARKLINE_POINTS}) s) as sparkline,
      ${HEALTH_BEFORE_SQL} as "healthBefore"
    from projects p left join audits current on current.id = p.current_audit_id
    where p.id = any($1::uuid[])`;

async function loadDetails(projectIds: readonly string[]): Promise<Detail[]> {
  const { rows } = await pool().query<Detail>({ name: 'portfolio-details', text: DETAILS_SQL, values: [projectIds] });
  return rows;
}

/** A project audited once counts in the health, so it counts in its change: as unchanged. */
const TOTALS_SQL = `
    select avg(now)::float as health,
      case when count(now - before) > 0 then round(avg(now - coalesce(before, now))::numeric, 1)::float end as "healthChange30d",
      case when bool_or("hasMonth") then '30_days' else 'first_audit' end as "healthChangeSince",
      count(*) filter (where gate = 'failed')::int as "gatesFailed", coalesce(sum(critical), 0)::int as "newCritical"
    from (
      select current.health_score as now, ${ofGateAuditSql('gate')} as gate, (current.new_counts ->> 'critical')::int as critical,
        ${HEALTH_BEFORE_SQL} as before, ${HAS_MONTH_SQL} as "hasMonth"
      from projects p join audits current on current.id = p.current_audit_id
      where p.team_id = any($1::uuid[])) project`;

const COUNTS_SQL = `
    select count(*)::int as projects, count(*) filter (where exists (
      select from audits a where a.project_id = p.id and a.as_of is null and a.status in ('queued', 'running')))::int as auditing
    from projects p where p.team_id = any($1::uuid[])`;

/** What the navigation shows on every page, without the table behind it. */
export async function getPortfolioCounts(ctx: Context, teamId?: string): Promise<PortfolioCounts> {
  const teamIds = visibleTeams(ctx, 'project.read', teamId);
  const { rows } = await pool().query<PortfolioCounts>({
    name: 'portfolio-counts',
    text: COUNTS_SQL,
    values: [teamIds],
  });
  return rows[0] ?? { projects: 0, auditing: 0 };
}

type Totals = Pick<Portfolio, 'health' | 'healthChange30d' | 'healthChangeSince' | 'gatesFailed' | 'newCritical'>;

async function loadTotals(teamIds: readonly string[]): Promise<Totals> {
  const { rows } = await pool().query<Totals>({ name: 'portfolio-totals', text: TOTALS_SQL, values: [teamIds] });
  return (
    rows[0] ?? { health: null, healthChange30d: null, healthChangeSince: 'first_audit', gatesFailed: 0, newCritical: 0 }
  );
}
