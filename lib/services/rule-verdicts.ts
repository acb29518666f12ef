import type { Tx } from '@/lib/db/client';
import { FEWEST_FALSE, isDemoted, type VerdictCounts } from '@/lib/magics/team-precision';

type Rows = Pick<Tx, '$queryRaw'>;

/** What became of findings of rules in a team's projects, by rule. */
export async function countVerdicts(
  rows: Rows,
  teamId: string,
  ruleIds: readonly string[],
): Promise<Map<string, VerdictCounts>> {
  const counted = await rows.$queryRaw<(VerdictCounts & { ruleId: string })[]>`
    select f.rule_id as "ruleId",
      count(*) filter (where f.verdict = 'false_positive')::int as "falsePositive",
      count(*) filter (where f.verdict = 'accepted')::int as accepted,
      count(*) filter (where f.verdict = 'wont_fix')::int as "wontFix",
      count(*) filter (where f.verdict is null and f.state = 'fixed' and f.fixed_audit_id is not null)::int as fixed
    from findings f join projects p on p.id = f.project_id
    where p.team_id = ${teamId}::uuid and f.rule_id = any(${ruleIds})
      and (f.verdict is not null or f.state = 'fixed')
    group by f.rule_id`;
  return new Map(counted.map(({ ruleId, ...counts }) => [ruleId, counts]));
}

/** Rules that the verdicts of a project's team demote, in order. */
export async function listDemotedRules(rows: Rows, projectId: string): Promise<string[]> {
  const doubted = await rows.$queryRaw<{ teamId: string; ruleId: string }[]>`
    select p.team_id as "teamId", f.rule_id as "ruleId"
    from projects this join projects p on p.team_id = this.team_id join findings f on f.project_id = p.id
    where this.id = ${projectId}::uuid and f.verdict = 'false_positive' and f.tool is null
    group by p.team_id, f.rule_id having count(*) >= ${FEWEST_FALSE}`;
  const [first] = doubted;
  if (!first) return [];
  const ruleIds = doubted.map(({ ruleId }) => ruleId);
  const counts = await countVerdicts(rows, first.teamId, ruleIds);
  return [...counts].flatMap(([ruleId, one]) => (isDemoted(one) ? [ruleId] : [])).sort();
}
