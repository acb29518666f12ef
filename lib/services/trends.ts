import { db, pool } from '@/lib/db/client';
import { noCounts } from '@/lib/magics/counts';
import type { Counts } from '@/lib/schemas/common';
import type { AuditResults, TrendPoint } from '@/lib/schemas/projects';
import { pastOf } from './audit-line';
import { isChosenSql } from './chosen-magics';
import { whereOpen } from './finding-filter';

const MAX_POINTS = 400;

interface TrendRow {
  auditId: string;
  number: number;
  at: Date;
  healthScore: number | null;
  status: string;
  asked: number;
  isChosen: boolean;
  isPast: boolean;
  magics: Record<string, number | null> | null;
}

/** Judged audits of the branch within a year and what was judged of its past, oldest first. */
export async function loadTrend(projectId: string, branch: string): Promise<TrendPoint[]> {
  const { rows } = await pool().query<TrendRow>({
    name: 'project-trend',
    text: `select a.id as "auditId", a.number, case when a.as_of is null then a.ended_at else a.as_of end as at, a.as_of is not null as "isPast", a.health_score as "healthScore", a.status, cardinality(a.enabled_magics) as asked, ${isChosenSql('a')} as "isChosen",
      (select jsonb_object_agg(m.magic, m.score) from audit_magics m where m.audit_id = a.id and m.completed_at is not null)
        as magics
    from audits a
    where a.project_id = $1::uuid and a.branch in ($2, $3) and a.status in ('completed', 'partial')
      and a.ended_at > now() - interval '1 year' and (a.as_of is null or a.as_of > now() - interval '1 year')
    order by at desc, a.number desc limit ${MAX_POINTS}`,
    values: [projectId, branch, pastOf(branch)],
  });
  return rows.reverse().map(({ status, asked, at, magics, ...row }) => ({
    ...row,
    at: at.toISOString(),
    isPartial: status === 'partial' || countScores(magics) < asked,
    magics: magics ?? {},
  }));
}

function countScores(magics: TrendRow['magics']): number {
  return Object.values(magics ?? {}).filter((score) => score !== null).length;
}

export async function loadStatistics(projectId: string, branch: string): Promise<AuditResults['summaryStatistics']> {
  const [audits, bySeverity, health] = await Promise.all([
    db().audit.count({ where: { projectId } }),
    db().finding.groupBy({ by: ['severity'], where: { projectId, ...whereOpen() }, _count: true }),
    db().audit.aggregate({
      where: { projectId, branch, healthScore: { not: null } },
      _avg: { healthScore: true },
      _max: { healthScore: true },
      _min: { healthScore: true },
    }),
  ]);
  const counts: Counts = noCounts();
  for (const { severity, _count } of bySeverity) counts[severity as keyof Counts] = _count;
  return {
    audits,
    openFindings: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts,
    averageHealthScore: health._avg.healthScore,
    bestHealthScore: health._max.healthScore,
    worstHealthScore: health._min.healthScore,
  };
}
