import * as z from 'zod';
import { AppError } from '@/lib/errors';
import type { BranchProtectionFact } from '@/lib/magics/facts/provider';
import { namesOf } from '../evidence/values';
import type { EvidenceQuestion, ProviderClient } from '../provider';
import { unlessGone } from '../unless-gone';
import { ask, partsOf } from './api';
import { askGitHub } from './graphql';

const RULES_PER_PAGE = 100;

/** Administrators see the rule itself; everybody who reads sees what it asks of a change. */
const QUERY = `query ($owner: String!, $name: String!, $branch: String!) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $branch) {
      branchProtectionRule {
        allowsForcePushes
        allowsDeletions
        requiresApprovingReviews
        requiredApprovingReviewCount
        requiresCodeOwnerReviews
        dismissesStaleReviews
        requiresStatusChecks
        requiredStatusCheckContexts
        isAdminEnforced
      }
      refUpdateRule {
        allowsForcePushes
        allowsDeletions
        requiredApprovingReviewCount
        requiresCodeOwnerReviews
        requiredStatusCheckContexts
      }
    }
  }
}`;

const Contexts = z.array(z.string().nullable()).nullish();
const Asked = z.object({
  allowsForcePushes: z.boolean(),
  allowsDeletions: z.boolean(),
  requiredApprovingReviewCount: z.number().int().min(0).nullish(),
  requiresCodeOwnerReviews: z.boolean(),
  requiredStatusCheckContexts: Contexts,
});
const Rule = Asked.extend({
  requiresApprovingReviews: z.boolean(),
  dismissesStaleReviews: z.boolean(),
  requiresStatusChecks: z.boolean(),
  isAdminEnforced: z.boolean(),
});
const Answer = z.object({
  repository: z.object({
    ref: z.object({ branchProtectionRule: Rule.nullish(), refUpdateRule: Asked.nullish() }).nullable(),
  }),
});

/** The rule of the branch and the rulesets in force, of the repository and of its organisation. */
export async function protection(
  client: ProviderClient,
  { path, branch }: EvidenceQuestion,
): Promise<BranchProtectionFact | null> {
  const [owner, name] = partsOf(path);
  const { repository } = await askGitHub(client, {
    query: QUERY,
    variables: { owner, name, branch: `refs/heads/${branch}` },
    schema: Answer,
    needs: 'Administration: read',
    mayLack: ['repository.ref.branchProtectionRule'],
  });
  if (!repository.ref) throw new AppError('provider_not_found', 'the host does not know the branch');
  const rules = await unlessGone(() => rulesOf(client, path, branch));
  return strictest([classicOf(repository.ref), rules && rulesetOf(rules)]);
}

type Ref = NonNullable<z.output<typeof Answer>['repository']['ref']>;

function classicOf(ref: Ref): BranchProtectionFact | null {
  if (ref.branchProtectionRule) {
    const rule = ref.branchProtectionRule;
    return {
      ...askedOf(rule),
      requiredApprovals: rule.requiresApprovingReviews ? (rule.requiredApprovingReviewCount ?? 1) : 0,
      dismissesStaleApprovals: rule.dismissesStaleReviews,
      requiredChecks: rule.requiresStatusChecks ? namesOf(rule.requiredStatusCheckContexts ?? []) : [],
      isEnforcedForAdmins: rule.isAdminEnforced,
    };
  }
  return ref.refUpdateRule
    ? { ...askedOf(ref.refUpdateRule), dismissesStaleApprovals: null, isEnforcedForAdmins: null }
    : null;
}

function askedOf(rule: z.output<typeof Asked>) {
  return {
    allowsForcePush: rule.allowsForcePushes,
    allowsDeletion: rule.allowsDeletions,
    requiredApprovals: rule.requiredApprovingReviewCount ?? 0,
    needsOwnerReview: rule.requiresCodeOwnerReviews,
    requiredChecks: namesOf(rule.requiredStatusCheckContexts ?? []),
  };
}

const RulesetRule = z.object({
  type: z.string(),
  parameters: z
    .object({
      required_approving_review_count: z.number().int().min(0).nullish(),
      require_code_owner_review: z.boolean().nullish(),
      dismiss_stale_reviews_on_push: z.boolean().nullish(),
      required_status_checks: z.array(z.object({ context: z.string() })).nullish(),
    })
    .nullish(),
});
type RulesetRule = z.output<typeof RulesetRule>;

async function rulesOf(client: ProviderClient, path: string, branch: string): Promise<RulesetRule[]> {
  const parts = ['repos', ...partsOf(path), 'rules', 'branches', branch];
  return (await ask(client, parts, z.array(RulesetRule), { query: { per_page: RULES_PER_PAGE } })).value;
}

/** Who may pass by a ruleset is told to those who may change it. */
function rulesetOf(rules: readonly RulesetRule[]): BranchProtectionFact | null {
  if (rules.length === 0) return null;
  const has = (type: string) => rules.some((rule) => rule.type === type);
  const requests = rules.filter(({ type }) => type === 'pull_request').map(({ parameters }) => parameters);
  const checks = rules.flatMap(({ type, parameters }) =>
    type === 'required_status_checks' ? (parameters?.required_status_checks ?? []) : [],
  );
  return {
    allowsForcePush: !has('non_fast_forward'),
    allowsDeletion: !has('deletion'),
    requiredApprovals: Math.max(0, ...requests.map((asked) => asked?.required_approving_review_count ?? 0)),
    needsOwnerReview: requests.some((asked) => asked?.require_code_owner_review === true),
    dismissesStaleApprovals: requests.some((asked) => asked?.dismiss_stale_reviews_on_push === true),
    requiredChecks: namesOf(checks.map(({ context }) => context)),
    isEnforcedForAdmins: null,
  };
}

/** Both hold at once. What one of them does not tell stays unknown, unless the other asks for it. */
function strictest([one, other]: [BranchProtectionFact | null, BranchProtectionFact | null]) {
  if (!one || !other) return one ?? other;
  return {
    allowsForcePush: one.allowsForcePush === true && other.allowsForcePush === true,
    allowsDeletion: one.allowsDeletion === true && other.allowsDeletion === true,
    requiredApprovals: Math.max(one.requiredApprovals ?? 0, other.requiredApprovals ?? 0),
    needsOwnerReview: one.needsOwnerReview === true || other.needsOwnerReview === true,
    dismissesStaleApprovals: eitherOf(one.dismissesStaleApprovals, other.dismissesStaleApprovals),
    requiredChecks: namesOf([...(one.requiredChecks ?? []), ...(other.requiredChecks ?? [])]),
    isEnforcedForAdmins: one.isEnforcedForAdmins === true ? true : null,
  };
}

function eitherOf(one: boolean | null, other: boolean | null): boolean | null {
  if (one === true || other === true) return true;
  return one === null || other === null ? null : false;
}
