import { query } from '@/lib/db/client';

/** How many earlier audits the estimate looks at. */
const SAMPLE = 5;

/** Seconds an audit of each project takes, by its last ones; projects without history are absent. */
export async function loadTypicalSeconds(projectIds: readonly string[]): Promise<Map<string, number>> {
  if (projectIds.length === 0) return new Map();
  const rows = await query<{ projectId: string; seconds: number }>`
    select p.id as "projectId", typical.seconds
    from unnest(${[...new Set(projectIds)]}::uuid[]) as p (id)
    cross join lateral (
      select percentile_cont(0.5) within group (order by recent.seconds) as seconds
      from (
        select extract(epoch from ended_at - started_at)::float8 as seconds
        from audits where project_id = p.id and status in ('completed', 'partial')
        order by number desc limit ${SAMPLE}::int) recent) typical
    where typical.seconds is not null`;
  return new Map(rows.map(({ projectId, seconds }) => [projectId, seconds]));
}

/** When an audit is likely done; null without history, or when it already takes longer than usual. */
export function estimateEnd(startedAt: Date | null, typicalSeconds: number | undefined, now: Date): Date | null {
  if (typicalSeconds === undefined) return null;
  const end = new Date((startedAt ?? now).getTime() + typicalSeconds * 1000);
  return end > now ? end : null;
}
