import * as z from 'zod';
import type { BranchProtectionFact } from '@/lib/magics/facts/provider';
import { namesOf } from '../evidence/values';
import type { EvidenceQuestion, ProviderClient } from '../provider';
import { ask, partsOf } from './api';
import { RepositoryRow } from './shapes';

/** Kinds of policies, https://learn.microsoft.com/azure/devops/repos/git/branch-policies */
const KINDS = {
  reviewers: 'fa4e907d-c16b-4a4c-9dfa-4906e5d171dd',
  build: '0609b952-1397-4640-95ec-e00a01b2c241',
  requiredReviewers: 'fd2167ab-b0be-447a-8ec8-39368250530e',
  status: 'cbdc66da-9728-4af8-aada-9a5a32e4a226',
} as const;

const Policy = z.object({
  isEnabled: z.boolean(),
  isBlocking: z.boolean(),
  type: z.object({ id: z.string() }),
  settings: z
    .object({
      minimumApproverCount: z.number().int().min(0).nullish(),
      resetOnSourcePush: z.boolean().nullish(),
      displayName: z.string().nullish(),
      statusName: z.string().nullish(),
    })
    .nullish(),
});
const Policies = z.object({ value: z.array(Policy) });

/** Policies that block. Who may force a push or pass by them is a matter of permissions, which are not read. */
export async function protection(
  client: ProviderClient,
  { path, branch }: EvidenceQuestion,
): Promise<BranchProtectionFact | null> {
  const { organisation, project, parts } = partsOf(path);
  const { value: repository } = await ask(client, parts, RepositoryRow);
  const { value } = await ask(client, [organisation, project, '_apis', 'git', 'policy', 'configurations'], Policies, {
    query: { repositoryId: repository.id, refName: `refs/heads/${branch}` },
  });
  const policies = value.value.filter(({ isEnabled, isBlocking }) => isEnabled && isBlocking);
  if (policies.length === 0) return null;
  const of = (kind: keyof typeof KINDS) => policies.filter(({ type }) => type.id.toLowerCase() === KINDS[kind]);
  const reviewers = of('reviewers').map(({ settings }) => settings);
  const checks = [...of('build'), ...of('status')].map(
    ({ settings }) => settings?.displayName ?? settings?.statusName ?? 'build',
  );
  return {
    allowsForcePush: null,
    // A branch with a policy that blocks is deleted by nobody who may not pass by it.
    allowsDeletion: false,
    requiredApprovals: Math.max(0, ...reviewers.map((asked) => asked?.minimumApproverCount ?? 0)),
    needsOwnerReview: of('requiredReviewers').length > 0,
    dismissesStaleApprovals: reviewers.some((asked) => asked?.resetOnSourcePush === true),
    requiredChecks: namesOf(checks),
    isEnforcedForAdmins: null,
  };
}
