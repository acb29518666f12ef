import * as z from 'zod';
import { isAppError } from '@/lib/errors';
import type { BranchProtectionFact } from '@/lib/magics/facts/provider';
import { matchesBranch } from '../evidence/matches-branch';
import type { EvidenceQuestion, ProviderClient } from '../provider';
import { ask, projectOf } from './api';

const PER_PAGE = 100;
const NO_ONE = 0;

const Branch = z.object({ protected: z.boolean() });
const Project = z.object({ only_allow_merge_if_pipeline_succeeds: z.boolean().nullish() });
const Level = z.object({ access_level: z.number().nullish() });
const Rule = z.object({
  name: z.string(),
  allow_force_push: z.boolean().nullish(),
  code_owner_approval_required: z.boolean().nullish(),
  push_access_levels: z.array(Level).nullish(),
});
type Rule = z.output<typeof Rule>;
const ApprovalRule = z.object({
  approvals_required: z.number().int().min(0),
  applies_to_all_protected_branches: z.boolean().nullish(),
  protected_branches: z.array(z.object({ name: z.string() })).nullish(),
});
const Approvals = z.object({ reset_approvals_on_push: z.boolean().nullish() });

/** The branch, its rules, and what a merge request needs; approvals are told by the tiers that have them. */
export async function protection(
  client: ProviderClient,
  { path, branch }: EvidenceQuestion,
): Promise<BranchProtectionFact | null> {
  const project = projectOf(path);
  const { value } = await ask(client, [...project, 'repository', 'branches', branch], Branch);
  if (!value.protected) return null;
  const settings = await ask(client, project, Project);
  const rules = await orUntold(() =>
    ask(client, [...project, 'protected_branches'], z.array(Rule), { query: { per_page: PER_PAGE } }),
  );
  const approvalRules = await orUntold(() =>
    ask(client, [...project, 'approval_rules'], z.array(ApprovalRule), { query: { per_page: PER_PAGE } }),
  );
  const approvals = await orUntold(() => ask(client, [...project, 'approvals'], Approvals));
  const needsPipeline = settings.value.only_allow_merge_if_pipeline_succeeds;
  return {
    ...byRules(rules?.value.filter(({ name }) => matchesBranch(name, branch)) ?? []),
    // A protected branch is deleted on the pages of the host alone, by those who may unprotect it.
    allowsDeletion: false,
    requiredApprovals: approvalRules && requiredIn(approvalRules.value, branch),
    dismissesStaleApprovals: approvals?.value.reset_approvals_on_push ?? null,
    requiredChecks: needsPipeline == null ? null : needsPipeline ? ['pipeline'] : [],
  };
}

/** Of several rules the one that allows most holds for pushes, the one that asks most for owners. */
function byRules(rules: readonly Rule[]) {
  if (rules.length === 0) return { allowsForcePush: null, needsOwnerReview: null, isEnforcedForAdmins: null };
  const levels = rules.flatMap(({ push_access_levels: own }) => own ?? []);
  const owners = rules.map(({ code_owner_approval_required: asks }) => asks);
  return {
    allowsForcePush: rules.some(({ allow_force_push: allows }) => allows === true),
    needsOwnerReview: owners.every((asks) => asks == null) ? null : owners.includes(true),
    // Whoever may push needs no merge request.
    isEnforcedForAdmins: levels.length > 0 && levels.every(({ access_level: level }) => level === NO_ONE),
  };
}

function requiredIn(rules: readonly z.output<typeof ApprovalRule>[], branch: string): number {
  const own = rules.filter(
    ({ protected_branches: named, applies_to_all_protected_branches: isForAll }) =>
      isForAll === true || !named || named.length === 0 || named.some(({ name }) => matchesBranch(name, branch)),
  );
  return Math.max(0, ...own.map(({ approvals_required: count }) => count));
}

/** Tiers without the feature do not know the address; roles below maintainer may not ask. */
async function orUntold<Value>(run: () => Promise<Value>): Promise<Value | null> {
  try {
    return await run();
  } catch (error) {
    const isUntold =
      isAppError(error) && ['provider_not_found', 'provider_refused', 'provider_scope_missing'].includes(error.code);
    if (!isUntold || error.details?.problem === 'budget') throw error;
    return null;
  }
}
