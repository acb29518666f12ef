import { z } from 'zod';
import type { Context } from '@/lib/auth/context';
import { visibleTeams } from '@/lib/auth/permissions';
import { pool } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { ProjectFilter, ProjectListItem, ProjectPage, ProjectStatus } from '@/lib/schemas/projects';
import { ofGateAuditSql } from './chosen-magics';
import { CursorText, decodeCursor, encodeCursor } from './cursor';
import { escapeLike } from './like';

type ListItem = z.infer<typeof ProjectListItem>;

const Place = z.tuple([CursorText, z.uuid()]);

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
  else coalesce(${ofGateAuditSql('gate')}, 'partial') end`;

/** The teams' projects under a search and in a programming language. */
const ROWS_SQL = `select p.id, p.name, p.repository_url as "repositoryUrl", t.name as "teamName",
    current.ended_at as "lastAuditTime", current.health_score as "healthScore", ${STATUS_SQL} as status
  from projects p
  join teams t on t.id = p.team_id
  left join audits current on current.id = p.current_audit_id
  left join lateral (select id from audits where project_id = p.id and status in ('queued', 'running') limit 1) running on true
  left join lateral (select status from audits where project_id = p.id order by number desc limit 1) last on true
  where p.team_id = any($1::uuid[])
    and ($2::text is null or p.name ilike $2 or p.repository_url ilike $2)
    and ($3::text is null or p.stack @> jsonb_build_array(jsonb_build_object('language', $3::text)))`;

const LIST_SQL = `select * from (
  select project.*, case $5::text
    when 'name' then lower(name)
    when 'health' then lpad((coalesce("healthScore", -1) * 10 + 10)::int::text, 6, '0')
    else to_char(coalesce("lastAuditTime", 'epoch'::timestamptz) at time zone 'UTC', 'YYYYMMDDHH24MISSMS') end as "sortKey"
  from (${ROWS_SQL}) project) list
where ($4::text is null or status = $4)`;

/** The lean list for machines. One statement: it is the hottest read of the API. */
export async function listProjects(ctx: Context, filter: ProjectFilter): Promise<ProjectPage> {
  const teamIds = visibleTeams(ctx, 'project.read', filter.teamId);
  const after = decodeCursor(filter.cursor, Place);
  const isDescending = filter.sort === 'last_audit';
  const direction = isDescending ? 'desc' : 'asc';
  const compare = isDescending ? '<' : '>';
  const { rows } = await pool().query<ListRow>({
    name: `projects-list-${filter.sort}-${after ? 'next' : 'first'}`,
    text: `${LIST_SQL}
      ${after ? `and ("sortKey", id) ${compare} ($7, $8::uuid)` : ''}
      order by "sortKey" ${direction}, id ${direction} limit $6`,
    values: [...scopeOf(teamIds, filter), filter.status ?? null, filter.sort, filter.limit + 1, ...(after ?? [])],
  });
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    items: page.map(toListItem),
    nextCursor: last && rows.length > filter.limit ? encodeCursor([last.sortKey, last.id]) : null,
  };
}

/** Projects by status under the same search, and all of them. */
export async function countProjects(ctx: Context, filter: ProjectFilter): Promise<Record<string, number>> {
  const teamIds = visibleTeams(ctx, 'project.read', filter.teamId);
  const { rows } = await pool().query<{ status: ProjectStatus; count: number }>({
    name: 'projects-count',
    text: `select status, count(*)::int as count from (${ROWS_SQL}) project group by status`,
    values: scopeOf(teamIds, filter),
  });
  const all = rows.reduce((sum, { count }) => sum + count, 0);
  return { all, ...Object.fromEntries(rows.map(({ status, count }) => [status, count])) };
}

/** Projects by programming language, without any filter. */
export async function countStacks(teamIds: readonly string[]): Promise<Record<string, number>> {
  const { rows } = await pool().query<{ language: string; count: number }>({
    name: 'projects-stacks',
    text: `select share ->> 'language' as language, count(distinct p.id)::int as count
      from projects p, jsonb_array_elements(p.stack) share
      where p.team_id = any($1::uuid[]) group by 1 order by 2 desc, 1`,
    values: [teamIds],
  });
  return Object.fromEntries(rows.map(({ language, count }) => [language, count]));
}

/** The row of one project. The caller has checked that the asker may see it. */
export async function loadListItem(projectId: string, teamId: string): Promise<ListItem> {
  const { rows } = await pool().query<ListRow>({
    name: 'projects-row',
    text: `select * from (${ROWS_SQL}) project where id = $4::uuid`,
    values: [[teamId], null, null, projectId],
  });
  const [row] = rows;
  if (!row) throw new AppError('not_found', 'no such project');
  return toListItem(row);
}

/** The parameters of `ROWS_SQL`. */
function scopeOf(teamIds: readonly string[], { search, stack }: ProjectFilter): unknown[] {
  return [teamIds, search ? `%${escapeLike(search)}%` : null, stack ?? null];
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
