import * as z from 'zod';
import { isAppError } from '@/lib/errors';
import type { BranchProtectionFact } from '@/lib/magics/facts/provider';
import { namesOf } from '../evidence/values';
import type { EvidenceQuestion, ProviderClient } from '../provider';
import { ask, partsOf } from './api';

const Branch = z.object({
  protected: z.boolean(),
  required_approvals: z.number().int().min(0).nullish(),
  enable_status_check: z.boolean().nullish(),
  status_check_contexts: z.array(z.string()).nullish(),
  /** Told to administrators. */
  effective_branch_protection_name: z.string().nullish(),
});

const Rule = z.object({
  dismiss_stale_approvals: z.boolean().nullish(),
  block_on_official_review_requests: z.boolean().nullish(),
  /** Of newer releases; before, nobody could. */
  enable_force_push: z.boolean().nullish(),
  /** Of newer releases. */
  block_admin_merge_override: z.boolean().nullish(),
  apply_to_admins: z.boolean().nullish(),
});

/** What the branch shows to everybody, and its rule where an administrator asks. */
export async function protection(
  client: ProviderClient,
  { path, branch }: EvidenceQuestion,
): Promise<BranchProtectionFact | null> {
  const repository = ['repos', ...partsOf(path)];
  const { value } = await ask(client, [...repository, 'branches', branch], Branch);
  if (!value.protected) return null;
  const name = value.effective_branch_protection_name;
  const rule = name ? await ruleOf(client, [...repository, 'branch_protections', name]) : null;
  return {
    allowsForcePush: rule && (rule.enable_force_push ?? false),
    // The host deletes no protected branch.
    allowsDeletion: false,
    requiredApprovals: value.required_approvals ?? 0,
    needsOwnerReview: rule?.block_on_official_review_requests ?? null,
    dismissesStaleApprovals: rule?.dismiss_stale_approvals ?? null,
    requiredChecks: value.enable_status_check ? namesOf(value.status_check_contexts ?? []) : [],
    isEnforcedForAdmins: rule?.block_admin_merge_override ?? rule?.apply_to_admins ?? null,
  };
}

async function ruleOf(client: ProviderClient, parts: string[]): Promise<z.output<typeof Rule> | null> {
  try {
    return (await ask(client, parts, Rule)).value;
  } catch (error) {
    const isUntold = isAppError(error) && ['provider_not_found', 'provider_scope_missing'].includes(error.code);
    if (!isUntold) throw error;
    return null;
  }
}
