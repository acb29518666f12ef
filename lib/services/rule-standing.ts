import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db, query } from '@/lib/db/client';
import type { Rule } from '@/lib/magics/define';
import { magicWeight, Policy } from '@/lib/magics/policy';
import { isEnforced } from '@/lib/magics/repository-view';
import { effectiveLimits } from '@/lib/magics/score';
import { demote, isDemoted, type TeamPrecision, teamPrecisionOf } from '@/lib/magics/team-precision';
import type { Severity } from '@/lib/magics/types';
import { countVerdicts } from './rule-verdicts';

const PROJECTS_SHOWN = 20;

export interface RuleStanding {
  /** Whether the team's audits ask this rule. */
  isOn: boolean;
  strictness: number;
  /** The limits at that strictness; null for a rule that only measures. */
  limits: { good: number; bad: number } | null;
  /** What the team gives its findings. */
  severity: Severity;
  /** What the team's verdicts say of it. */
  precision: TeamPrecision;
  /** By them the team's audits give its findings one severity less. */
  isDemoted: boolean;
  /** The team's projects with open findings of the rule, most first. */
  raisedIn: { projectId: string; projectName: string; findings: number }[];
}

/** What one rule means for a team: its limits there, and where it is raised. */
export async function getRuleStanding(ctx: Context, teamId: string, rule: Rule): Promise<RuleStanding> {
  requirePermission(ctx, teamId, 'project.read');
  const [team, raisedIn, verdicts] = await Promise.all([
    db().team.findFirstOrThrow({ where: { id: teamId }, select: { policy: true } }),
    query<RuleStanding['raisedIn'][number]>`
      select p.id as "projectId", p.name as "projectName", count(*)::int as findings
      from findings f join projects p on p.id = f.project_id
      where p.team_id = ${teamId}::uuid and f.rule_id = ${rule.id} and f.state not in ('fixed', 'suppressed')
        and (f.verdict is null or f.verdict_until < (now() at time zone 'utc')::date)
      group by p.id, p.name order by findings desc, p.name limit ${PROJECTS_SHOWN}::int`,
    countVerdicts(db(), teamId, [rule.id]),
  ]);
  const counts = verdicts.get(rule.id) ?? { falsePositive: 0, accepted: 0, wontFix: 0, fixed: 0 };
  const policy = Policy.parse(team.policy ?? {});
  const setting = policy.rules[rule.id];
  const own = policy.ownRules.find(({ id }) => id === rule.id);
  const isLower = !setting?.severity && isDemoted(counts) && !isEnforced(policy, rule.id);
  return {
    isOn: setting?.isEnabled !== false && own?.isEnabled !== false && magicWeight(policy, rule.magic) > 0,
    strictness: policy.strictness,
    limits: rule.limits ? effectiveLimits(rule.limits, policy.strictness) : null,
    severity: setting?.severity ?? (isLower ? demote(rule.severity) : rule.severity),
    precision: teamPrecisionOf(counts),
    isDemoted: isLower,
    raisedIn,
  };
}
