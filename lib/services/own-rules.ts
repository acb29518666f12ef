import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import type { Rule } from '@/lib/magics/define';
import { findRuleIn } from '@/lib/magics/own-rules/find-rule-in';
import type { OwnRule } from '@/lib/magics/own-rules/own-rule';
import { readConfiguration } from './configuration-layers';

/** The rules that a team wrote itself, as its policy has them now. The caller has checked that the asker may see them. */
export async function loadOwnRules(teamId: string): Promise<readonly OwnRule[]> {
  const team = await db().team.findFirst({ where: { id: teamId }, select: { policy: true } });
  return readConfiguration(team?.policy).ownRules;
}

/** A rule of the catalogue or of the team's own; `not_found` for one of another team. */
export async function getTeamRule(ctx: Context, teamId: string, ruleId: string): Promise<Rule> {
  requirePermission(ctx, teamId, 'project.read');
  const rule = findRuleIn(await loadOwnRules(teamId), ruleId);
  if (!rule) throw new AppError('not_found', 'no such rule');
  return rule;
}
