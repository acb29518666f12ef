import { query } from '@/lib/db/client';

/** How many earlier audits the estimate looks at. */
const SAMPLE = 5;

/**
 * Seconds each of these audits is likely to take: the median of the project's last ones of the same kind that asked the same
 * magics. A project's first audit reads everything and is no measure for others; without a similar one nothing is said.
 */
export async function loadTypicalSeconds(auditIds: readonly string[]): Promise<Map<string, number>> {
  if (auditIds.length === 0) return new Map();
  const rows = await query<{ auditId: string; seconds: number }>`
    select this.id as "auditId", typical.seconds
    from audits this
    cross join lateral (
      select percentile_cont(0.5) within group (order by recent.seconds) as seconds
      from (
        select extract(epoch from a.ended_at - a.started_at)::float8 as seconds
        from audits a
        where a.project_id = this.project_id and a.number < this.number and a.kind = this.kind
          and a.enabled_magics = this.enabled_magics and a.status in ('completed', 'partial')
          and exists (select from audits first where first.project_id = a.project_id and first.branch = a.branch
            and first.number < a.number and first.status in ('completed', 'partial'))
        order by a.number desc limit ${SAMPLE}::int) recent) typical
    where this.id = any(${[...new Set(auditIds)]}::uuid[]) and typical.seconds is not null`;
  return new Map(rows.map(({ auditId, seconds }) => [auditId, seconds]));
}

/** When an audit is likely done; null without history, or when it already takes longer than usual. */
export function estimateEnd(startedAt: Date | null, typicalSeconds: number | undefined, now: Date): Date | null {
  if (typicalSeconds === undefined) return null;
  const end = new Date((startedAt ?? now).getTime() + typicalSeconds * 1000);
  return end > now ? end : null;
}
