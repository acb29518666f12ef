import { pool } from '@/lib/db/client';
import { Policy } from '@/lib/magics/policy';
import type { HealthChangeSince } from '@/lib/schemas/projects';
import { judgingDifferences, policyDifferences } from './policy-differences';

/**
 * Health of project `p` thirty days before its audit `current`: of the newest audit of the branch at least as old as that,
 * else of the first one. Null when `current` is the only one.
 */
export const HEALTH_BEFORE_SQL = beforeSql('health_score');

function beforeSql(column: 'health_score' | 'id'): string {
  return `coalesce(
  (select o.${column} from audits o where o.project_id = p.id and o.branch = p.branch and o.health_score is not null
    and o.ended_at <= current.ended_at - interval '30 days' order by o.number desc limit 1),
  (select o.${column} from audits o where o.project_id = p.id and o.branch = p.branch and o.health_score is not null
    and o.number < current.number order by o.number limit 1))`;
}

/** Whether the history of project `p` reaches thirty days back from `current`; else a change is since its first audit. */
export const HAS_MONTH_SQL = `exists (select from audits o where o.project_id = p.id and o.branch = p.branch
  and o.health_score is not null and o.ended_at <= current.ended_at - interval '30 days')`;

/** How the project's health changed within thirty days or since its first audit; null without two audits to compare. */
export async function loadHealthChange(projectId: string): Promise<HealthChange> {
  const { rows } = await pool().query<{ now: Judged; before: Judged | null; hasMonth: boolean }>({
    name: 'project-health-change',
    text: `select ${judgedSql('current')} as now, (select ${judgedSql('b')} from audits b where b.id = ${beforeSql('id')}) as before,
        ${HAS_MONTH_SQL} as "hasMonth"
      from projects p join audits current on current.id = p.current_audit_id where p.id = $1::uuid`,
    values: [projectId],
  });
  const [row] = rows;
  const since = row?.hasMonth ? '30_days' : 'first_audit';
  if (!row?.before) return { change: null, since, otherYardstickAuditId: null };
  const { now, before } = row;
  const change = changeOf(now.health, before.health);
  const isOther = change !== null && !isSameYardstick(before, now);
  return { change, since, otherYardstickAuditId: isOther ? before.auditId : null };
}

interface HealthChange {
  change: number | null;
  since: HealthChangeSince;
  /** The audit it is measured from, where that was judged by other settings or rules; null otherwise. */
  otherYardstickAuditId: string | null;
}

interface Judged {
  auditId: string;
  health: number | null;
  policy: unknown;
  rulePackVersion: number | null;
  demotedRules: string[];
}

function judgedSql(audit: string): string {
  return `jsonb_build_object('auditId', ${audit}.id, 'health', ${audit}.health_score, 'policy', ${audit}.policy,
    'rulePackVersion', ${audit}.rule_pack_version, 'demotedRules', ${audit}.demoted_rules)`;
}

function isSameYardstick(one: Judged, other: Judged): boolean {
  const [policy, otherPolicy] = [one, other].map((audit) => Policy.parse(audit.policy));
  const demotedOf = ({ demotedRules }: Judged) => [...demotedRules].sort().join(' ');
  return (
    one.rulePackVersion !== null &&
    one.rulePackVersion === other.rulePackVersion &&
    demotedOf(one) === demotedOf(other) &&
    judgingDifferences(policyDifferences(policy, otherPolicy)).length === 0
  );
}

/** Points between two scores, one decimal; null when one of them is missing. */
export function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : Math.round((now - before) * 10) / 10;
}
