import type { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { hasPermission, requirePermission, visibleTeams } from '@/lib/auth/permissions';
import { db, pool } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { AuditSummary } from '@/lib/schemas/audits';
import type {
  AuditResults,
  ProjectFilter,
  ProjectListItem,
  ProjectOverview,
  ProjectPage,
  ProjectStatus,
  StackShare,
} from '@/lib/schemas/projects';
import { loadProgress } from './audit-progress';
import { listAudits } from './audits';
import { decodeCursor, encodeCursor } from './cursor';
import { loadMagicCards } from './magic-cards';
import { loadMagicResults } from './magic-results';
import { countOpenFindings } from './open-findings';
import { loadReleases, loadTopRisks } from './top-risks';
import { healthChange, loadStatistics, loadTrend } from './trends';

type ListItem = z.infer<typeof ProjectListItem>;

interface ListRow {
  id: string;
  name: string;
  repositoryUrl: string;
  teamName: string;
  lastAuditTime: Date | null;
  healthScore: number | null;
  status: ProjectStatus;
  sortKey: string;
}

/** What a project's row says in one word. Kept in SQL so that the list can be filtered and paged by it. */
const STATUS_SQL = `case
  when running.id is not null then 'auditing'
  when p.access_problem is not null then 'error'
  when last.status = 'failed' then 'error'
  when current.id is null then 'never_audited'
  when current.status = 'partial' then 'partial'
  else coalesce(current.gate, 'partial') end`;

const LIST_SQL = `select * from (
  select p.id, p.name, p.repository_url as "repositoryUrl", t.name as "teamName",
    current.ended_at as "lastAuditTime", current.health_score as "healthScore", ${STATUS_SQL} as status,
    case $4::text
      when 'name' then lower(p.name)
      when 'health' then lpad((coalesce(current.health_score, -1) * 10 + 10)::int::text, 6, '0')
      else to_char(coalesce(current.ended_at, 'epoch'::timestamptz) at time zone 'UTC', 'YYYYMMDDHH24MISSMS') end as "sortKey"
  from projects p
  join teams t on t.id = p.team_id
  left join audits current on current.id = p.current_audit_id
  left join lateral (select id from audits where project_id = p.id and status in ('queued', 'running') limit 1) running on true
  left join lateral (select status from audits where project_id = p.id order by number desc limit 1) last on true
  where p.team_id = any($1::uuid[])
    and ($2::text is null or p.name ilike $2 or p.repository_url ilike $2)
) list
where ($3::text is null or status = $3)`;

/** The lean list for machines. One statement: it is the hottest read of the API. */
export async function listProjects(ctx: Context, filter: ProjectFilter): Promise<ProjectPage> {
  const teamIds = visibleTeams(ctx, 'project.read', filter.teamId);
  const after = decodeCursor(filter.cursor, 2);
  const isDescending = filter.sort === 'last_audit';
  const pattern = filter.search ? `%${filter.search.replace(/[\\%_]/g, (c) => `\\${c}`)}%` : null;
  const direction = isDescending ? 'desc' : 'asc';
  const compare = isDescending ? '<' : '>';
  const { rows } = await pool().query<ListRow>({
    name: `projects-list-${filter.sort}-${after ? 'next' : 'first'}`,
    text: `${LIST_SQL}
      ${after ? `and ("sortKey", id) ${compare} ($6, $7::uuid)` : ''}
      order by "sortKey" ${direction}, id ${direction} limit $5`,
    values: [teamIds, pattern, filter.status ?? null, filter.sort, filter.limit + 1, ...(after ?? [])],
  });
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    items: page.map(toListItem),
    nextCursor: last && rows.length > filter.limit ? encodeCursor([last.sortKey, last.id]) : null,
  };
}

function toListItem(row: ListRow): ListItem {
  return {
    projectId: row.id,
    projectName: row.name,
    repositoryUrl: row.repositoryUrl,
    lastAuditTime: row.lastAuditTime?.toISOString() ?? null,
    overallHealthScore: row.healthScore,
    status: row.status,
    teamName: row.teamName,
  };
}

/** Everything the project page shows. */
export async function getProjectOverview(ctx: Context, projectId: string): Promise<ProjectOverview> {
  const project = await db().project.findUnique({ where: { id: projectId }, include: { team: true } });
  if (!project) throw new AppError('not_found', 'no such project');
  requirePermission(ctx, project.teamId, 'project.read');

  const [recent, auditCount, openFindings, trend, releases, topRisks] = await Promise.all([
    listAudits(ctx, { projectId, limit: 10 }),
    db().audit.count({ where: { projectId } }),
    countOpenFindings(projectId),
    loadTrend(projectId, project.branch),
    loadReleases(projectId),
    loadTopRisks(projectId, 5),
  ]);
  const running = await findRunning(ctx, projectId, recent.items);
  const [current, progress, magics, sequence] = await Promise.all([
    findSummary(ctx, projectId, project.currentAuditId, recent.items),
    running ? loadProgress(running.auditId) : null,
    loadMagicCards(projectId, running?.auditId ?? project.currentAuditId),
    running ? db().audit.findUnique({ where: { id: running.auditId }, select: { eventSequence: true } }) : null,
  ]);
  return {
    projectId,
    projectName: project.name,
    repositoryUrl: project.repositoryUrl,
    teamId: project.teamId,
    teamName: project.team.name,
    branch: project.branch,
    stack: project.stack as unknown as z.infer<typeof StackShare>[],
    accessProblem: project.accessProblem,
    canRunAudit: hasPermission(ctx, project.teamId, 'audit.run'),
    current,
    running,
    runningProgress: progress,
    runningSequence: sequence?.eventSequence ?? null,
    magics,
    healthChange30d: healthChange(trend, 30),
    trend,
    releases,
    topRisks,
    recentAudits: recent.items,
    auditCount,
    openFindings,
  };
}

/** GET /projects/{id}/audit-results */
export async function getAuditResults(
  ctx: Context,
  projectId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<AuditResults> {
  const project = await db().project.findUnique({ where: { id: projectId }, select: { teamId: true, branch: true } });
  if (!project) throw new AppError('not_found', 'no such project');
  requirePermission(ctx, project.teamId, 'project.read');

  const { rows } = await pool().query<ListRow>({
    text: `${LIST_SQL} and id = $5::uuid`,
    values: [[project.teamId], null, null, 'name', projectId],
  });
  const [row] = rows;
  if (!row) throw new AppError('not_found', 'no such project');
  const [magicResults, latest, trendData, summaryStatistics] = await Promise.all([
    loadMagicResults(projectId),
    listAudits(ctx, { projectId, limit, offset }),
    loadTrend(projectId, project.branch),
    loadStatistics(projectId, project.branch),
  ]);
  return { ...toListItem(row), magicResults, latestResults: latest.items, trendData, summaryStatistics };
}

async function findRunning(ctx: Context, projectId: string, recent: AuditSummary[]): Promise<AuditSummary | null> {
  const active = await db().audit.findFirst({
    where: { projectId, status: { in: ['running', 'queued'] } },
    // The enum is declared queued, running: the running one first.
    orderBy: [{ status: 'desc' }, { number: 'asc' }],
    select: { id: true },
  });
  return findSummary(ctx, projectId, active?.id ?? null, recent);
}

async function findSummary(
  ctx: Context,
  projectId: string,
  auditId: string | null,
  recent: readonly AuditSummary[],
): Promise<AuditSummary | null> {
  if (!auditId) return null;
  const near = recent.find((audit) => audit.auditId === auditId);
  if (near) return near;
  const page = await listAudits(ctx, { projectId, auditIds: [auditId], limit: 1 });
  return page.items[0] ?? null;
}
