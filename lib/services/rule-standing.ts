import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db, query } from '@/lib/db/client';
import type { Rule } from '@/lib/magics/define';
import { magicWeight, Policy } from '@/lib/magics/policy';
import { effectiveLimits } from '@/lib/magics/score';
import type { Severity } from '@/lib/magics/types';

const PROJECTS_SHOWN = 20;

export interface RuleStanding {
  /** Whether the team's audits ask this rule. */
  isOn: boolean;
  strictness: number;
  /** The limits at that strictness; null for a rule that only measures. */
  limits: { good: number; bad: number } | null;
  /** What the team gives its findings. */
  severity: Severity;
  /** The team's projects with open findings of the rule, most first. */
  raisedIn: { projectId: string; projectName: string; findings: number }[];
}

/** What one rule means for a team: its limits there, and where it is raised. */
export async function getRuleStanding(ctx: Context, teamId: string, rule: Rule): Promise<RuleStanding> {
  requirePermission(ctx, teamId, 'project.read');
  const [team, raisedIn] = await Promise.all([
    db().team.findUniqueOrThrow({ where: { id: teamId }, select: { policy: true } }),
    query<RuleStanding['raisedIn'][number]>`
      select p.id as "projectId", p.name as "projectName", count(*)::int as findings
      from findings f join projects p on p.id = f.project_id
      where p.team_id = ${teamId}::uuid and f.rule_id = ${rule.id} and f.state not in ('fixed', 'suppressed')
        and (f.verdict is null or f.verdict_until < (now() at time zone 'utc')::date)
      group by p.id, p.name order by findings desc, p.name limit ${PROJECTS_SHOWN}::int`,
  ]);
  const policy = Policy.parse(team.policy ?? {});
  const setting = policy.rules[rule.id];
  return {
    isOn: setting?.isEnabled !== false && magicWeight(policy, rule.magic) > 0,
    strictness: policy.strictness,
    limits: rule.limits ? effectiveLimits(rule.limits, policy.strictness) : null,
    severity: setting?.severity ?? rule.severity,
    raisedIn,
  };
}
