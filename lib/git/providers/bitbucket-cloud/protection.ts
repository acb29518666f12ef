import * as z from 'zod';
import type { BranchProtectionFact } from '@/lib/magics/facts/provider';
import { matchesBranch } from '../evidence/matches-branch';
import type { EvidenceQuestion, ProviderClient } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, partsOf } from './api';

const PAGE_LENGTH = 100;

const Restriction = z.object({
  kind: z.string(),
  branch_match_kind: z.string().nullish(),
  pattern: z.string().nullish(),
  branch_type: z.string().nullish(),
  value: z.number().nullish(),
});
type Restriction = z.output<typeof Restriction>;

const Restrictions = z.object({ values: z.array(Restriction) });
const ModelBranch = z.object({ branch: z.object({ name: z.string() }).nullish() }).nullish();
const Model = z.object({
  development: ModelBranch,
  production: ModelBranch,
  branch_types: z.array(z.object({ kind: z.string(), prefix: z.string() })).nullish(),
});
type Model = z.output<typeof Model>;

/** Restrictions of the branch, by its name or by its place in the branching model; administrators alone may ask. */
export async function protection(
  client: ProviderClient,
  { path, branch }: EvidenceQuestion,
): Promise<BranchProtectionFact | null> {
  const repository = ['repositories', ...partsOf(path)];
  const { value } = await ask(client, [...repository, 'branch-restrictions'], Restrictions, {
    query: { pagelen: PAGE_LENGTH },
  });
  const isModelled = value.values.some(({ branch_match_kind: kind }) => kind === 'branching_model');
  const model = isModelled ? await unlessGone(() => ask(client, [...repository, 'branching-model'], Model)) : null;
  const own = value.values.filter((one) => isFor(one, branch, model?.value ?? null));
  return own.length === 0 ? null : toFact(own);
}

function isFor(
  { branch_match_kind: kind, pattern, branch_type: type }: Restriction,
  branch: string,
  model: Model | null,
) {
  if (kind !== 'branching_model') return matchesBranch(pattern ?? '', branch);
  if (type === 'development') return model?.development?.branch?.name === branch;
  if (type === 'production') return model?.production?.branch?.name === branch;
  return (model?.branch_types ?? []).some((one) => one.kind === type && branch.startsWith(one.prefix));
}

function toFact(restrictions: readonly Restriction[]): BranchProtectionFact {
  const has = (kind: string) => restrictions.some((one) => one.kind === kind);
  const mostOf = (kind: string) =>
    Math.max(0, ...restrictions.filter((one) => one.kind === kind).map(({ value }) => value ?? 0));
  return {
    allowsForcePush: !has('force'),
    allowsDeletion: !has('delete'),
    requiredApprovals: Math.max(
      mostOf('require_approvals_to_merge'),
      mostOf('require_default_reviewer_approvals_to_merge'),
    ),
    needsOwnerReview: has('require_default_reviewer_approvals_to_merge'),
    dismissesStaleApprovals: has('reset_pullrequest_approvals_on_change'),
    requiredChecks: mostOf('require_passing_builds_to_merge') > 0 ? ['builds'] : [],
    // Without it, what is asked before a merge is shown and may be passed by.
    isEnforcedForAdmins: has('enforce_merge_checks'),
  };
}
