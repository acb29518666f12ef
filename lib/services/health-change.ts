import { pool } from '@/lib/db/client';
import type { HealthChangeSince } from '@/lib/schemas/projects';

/**
 * Health of project `p` thirty days before its audit `current`: of the newest audit of the branch at least as old as that,
 * else of the first one. Null when `current` is the only one.
 */
export const HEALTH_BEFORE_SQL = `coalesce(
  (select o.health_score from audits o where o.project_id = p.id and o.branch = p.branch and o.health_score is not null
    and o.ended_at <= current.ended_at - interval '30 days' order by o.number desc limit 1),
  (select o.health_score from audits o where o.project_id = p.id and o.branch = p.branch and o.health_score is not null
    and o.number < current.number order by o.number limit 1))`;

/** Whether the history of project `p` reaches thirty days back from `current`; else a change is since its first audit. */
export const HAS_MONTH_SQL = `exists (select from audits o where o.project_id = p.id and o.branch = p.branch
  and o.health_score is not null and o.ended_at <= current.ended_at - interval '30 days')`;

/** How the project's health changed within thirty days or since its first audit; null without two audits to compare. */
export async function loadHealthChange(
  projectId: string,
): Promise<{ change: number | null; since: HealthChangeSince }> {
  const { rows } = await pool().query<{ now: number | null; before: number | null; hasMonth: boolean }>({
    name: 'project-health-change',
    text: `select current.health_score as now, ${HEALTH_BEFORE_SQL} as before, ${HAS_MONTH_SQL} as "hasMonth"
      from projects p join audits current on current.id = p.current_audit_id where p.id = $1::uuid`,
    values: [projectId],
  });
  const [row] = rows;
  return { change: changeOf(row?.now ?? null, row?.before ?? null), since: row?.hasMonth ? '30_days' : 'first_audit' };
}

/** Points between two scores, one decimal; null when one of them is missing. */
export function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : Math.round((now - before) * 10) / 10;
}
