import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Context } from '@/lib/auth/context';
import { visibleTeams } from '@/lib/auth/permissions';
import { pool } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { ProjectFilter, ProjectListItem, ProjectPage, ProjectStatus } from '@/lib/schemas/projects';
import { ofGateAuditSql } from './chosen-magics';
import { CursorText, decodeCursor, encodeCursor } from './cursor';
import { escapeLike } from './like';
import { createSharedReads } from './shared-reads';

const Place = z.tuple([CursorText, z.uuid()]);

interface ListRow extends ProjectListItem {
  sortKey: string;
}

/**
 * What a project's row says in one word. Kept in SQL so that the list can be filtered and paged by it; without a join, so
 * that PostgreSQL asks only for the rows of the page.
 */
const STATUS_SQL = `case
  when exists (select from audits where project_id = p.id and as_of is null and status in ('queued', 'running')) then 'auditing'
  when p.access_problem is not null then 'error'
  when (select status from audits where project_id = p.id and as_of is null order by number desc limit 1) = 'failed' then 'error'
  when current.id is null then 'never_audited'
  when current.status = 'partial' then 'partial'
  else coalesce(${ofGateAuditSql('gate')}, 'partial') end`;

/** Kept as text: a `Date` for each row would cost more than the rows. */
const TIME_SQL = `to_char(current.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const ROWS_SQL = `select p.id as "projectId", p.name as "projectName", p.repository_url as "repositoryUrl",
    ${TIME_SQL} as "lastAuditTime", current.health_score as "overallHealthScore", ${STATUS_SQL} as status, t.name as "teamName"`;

const FROM_SQL = `from projects p
  join teams t on t.id = p.team_id
  left join audits current on current.id = p.current_audit_id`;

/** What the list is ordered by, as text that a cursor can carry. */
const SORT_SQL: Record<ProjectFilter['sort'], string> = {
  name: 'lower(p.name)',
  health: `lpad((coalesce(current.health_score, -1) * 10 + 10)::int::text, 6, '0')`,
  last_audit: `to_char(coalesce(current.ended_at, 'epoch'::timestamptz) at time zone 'UTC', 'YYYYMMDDHH24MISSMS')`,
};

const shareList = createSharedReads<ProjectPage>();

/** The lean list for machines, the hottest read of the API. */
export async function listProjects(ctx: Context, filter: ProjectFilter): Promise<ProjectPage> {
  const teamIds = visibleTeams(ctx, 'project.read', filter.teamId);
  return shareList(JSON.stringify([teamIds, filter]), () => loadPage(teamIds, filter));
}

async function loadPage(teamIds: readonly string[], filter: ProjectFilter): Promise<ProjectPage> {
  const after = decodeCursor(filter.cursor, Place);
  const [direction, compare] = filter.sort === 'last_audit' ? ['desc', '<'] : ['asc', '>'];
  const { where, values } = scopeOf(teamIds, filter);
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const sortKey = SORT_SQL[filter.sort];
  // Conditions that are not asked stay out of the text: PostgreSQL then keeps one plan and asks each row for less.
  if (filter.status) where.push(`${STATUS_SQL} = ${parameter(filter.status)}`);
  if (after) where.push(`(${sortKey}, p.id) ${compare} (${parameter(after[0])}, ${parameter(after[1])}::uuid)`);
  const text = `${ROWS_SQL}, ${sortKey} as "sortKey" ${FROM_SQL} where ${where.join(' and ')}
    order by "sortKey" ${direction}, p.id ${direction} limit ${parameter(filter.limit + 1)}`;
  const { rows } = await pool().query<ListRow>({ name: nameOf('projects-list', text), text, values });
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ sortKey: _, ...item }) => item),
    nextCursor: last && rows.length > filter.limit ? encodeCursor([last.sortKey, last.projectId]) : null,
  };
}

/** Projects by status under the same search, and all of them. */
export async function countProjects(ctx: Context, filter: ProjectFilter): Promise<Record<string, number>> {
  const { where, values } = scopeOf(visibleTeams(ctx, 'project.read', filter.teamId), filter);
  const text = `select status, count(*)::int as count from (
    select ${STATUS_SQL} as status ${FROM_SQL} where ${where.join(' and ')}) project group by status`;
  const { rows } = await pool().query<{ status: ProjectStatus; count: number }>({
    name: nameOf('projects-count', text),
    text,
    values,
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
export async function loadListItem(projectId: string, teamId: string): Promise<ProjectListItem> {
  const { rows } = await pool().query<ProjectListItem>({
    name: 'projects-row',
    text: `${ROWS_SQL} ${FROM_SQL} where p.id = $1::uuid and p.team_id = $2::uuid`,
    values: [projectId, teamId],
  });
  const [row] = rows;
  if (!row) throw new AppError('not_found', 'no such project');
  return row;
}

/** The teams' projects under a search and in a programming language. */
function scopeOf(teamIds: readonly string[], { search, stack }: ProjectFilter): { where: string[]; values: unknown[] } {
  const values: unknown[] = [teamIds];
  const where = ['p.team_id = any($1::uuid[])'];
  if (search) {
    const place = values.push(`%${escapeLike(search)}%`);
    where.push(`(p.name ilike $${place} or p.repository_url ilike $${place})`);
  }
  if (stack) where.push(`p.stack @> jsonb_build_array(jsonb_build_object('language', $${values.push(stack)}::text))`);
  return { where, values };
}

/** The name under which a connection keeps the plan of a text. */
function nameOf(prefix: string, text: string): string {
  return `${prefix}-${createHash('sha1').update(text).digest('base64url')}`;
}
