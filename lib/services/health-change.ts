import { pool } from '@/lib/db/client';

/**
 * Health of project `p` thirty days before its audit `current`: of the newest audit of the branch at least as old as that,
 * else of the first one. Null when `current` is the only one.
 */
export const HEALTH_BEFORE_SQL = `coalesce(
  (select o.health_score from audits o where o.project_id = p.id and o.branch = p.branch and o.health_score is not null
    and o.ended_at <= current.ended_at - interval '30 days' order by o.number desc limit 1),
  (select o.health_score from audits o where o.project_id = p.id and o.branch = p.branch and o.health_score is not null
    and o.number < current.number order by o.number limit 1))`;

/** How the project's health changed within thirty days; null without two audits to compare. */
export async function loadHealthChange(projectId: string): Promise<number | null> {
  const { rows } = await pool().query<{ now: number | null; before: number | null }>({
    name: 'project-health-change',
    text: `select current.health_score as now, ${HEALTH_BEFORE_SQL} as before
      from projects p join audits current on current.id = p.current_audit_id where p.id = $1::uuid`,
    values: [projectId],
  });
  return changeOf(rows[0]?.now ?? null, rows[0]?.before ?? null);
}

/** Points between two scores, one decimal; null when one of them is missing. */
export function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : Math.round((now - before) * 10) / 10;
}
