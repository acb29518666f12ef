import * as z from 'zod';
import { AppError, isAppError } from '@/lib/errors';
import type { BranchProtectionFact } from '@/lib/magics/facts/provider';
import { addressOf, askFor } from '../ask';
import { matchesBranch } from '../evidence/matches-branch';
import type { EvidenceQuestion, ProviderClient } from '../provider';
import { ask, authorizationOf, partsOf } from './api';

const LIMIT = 100;

const Restrictions = z.object({
  values: z.array(
    z.object({
      type: z.string(),
      matcher: z.object({ id: z.string(), type: z.object({ id: z.string() }) }),
    }),
  ),
});

/** A number in older releases. */
const Count = z
  .union([z.number(), z.object({ enable: z.boolean(), count: z.union([z.number(), z.string()]) })])
  .nullish()
  .transform((asked) =>
    asked == null ? 0 : typeof asked === 'number' ? asked : asked.enable ? Number(asked.count) : 0,
  )
  .pipe(z.number().min(0));
const Settings = z.object({
  requiredApprovers: Count,
  requiredSuccessfulBuilds: Count,
  unapproveOnUpdate: z.boolean().nullish(),
});

/** Permissions of the branch and what the repository asks of every pull request; administrators alone may ask for the first. */
export async function protection(
  client: ProviderClient,
  { path, branch }: EvidenceQuestion,
): Promise<BranchProtectionFact | null> {
  const repository = partsOf(path);
  const root = `${client.baseUrl}/rest/branch-permissions/latest`;
  const { credential } = client;
  const headers = { accept: 'application/json', ...(credential && { authorization: authorizationOf(credential) }) };
  const { value } = await asAdministrator(() =>
    askFor(client, addressOf(root, [...repository, 'restrictions'], { limit: LIMIT }), Restrictions, { headers }),
  );
  const { value: settings } = await ask(client, [...repository, 'settings', 'pull-requests'], Settings);
  const types = value.values.filter(({ matcher }) => isFor(matcher, branch)).map(({ type }) => type);
  const isLocked = types.includes('read-only');
  const approvals = settings.requiredApprovers;
  if (types.length === 0 && approvals === 0 && settings.requiredSuccessfulBuilds === 0) return null;
  return {
    allowsForcePush: !isLocked && !types.includes('fast-forward-only'),
    allowsDeletion: !isLocked && !types.includes('no-deletes'),
    requiredApprovals: approvals,
    needsOwnerReview: null,
    dismissesStaleApprovals: settings.unapproveOnUpdate ?? null,
    requiredChecks: settings.requiredSuccessfulBuilds > 0 ? ['builds'] : [],
    // Without it, who may push needs no pull request.
    isEnforcedForAdmins: isLocked || types.includes('pull-request-only'),
  };
}

/** Kinds of branches are known to the branching model alone: rules for them are left out. */
function isFor({ id, type }: { id: string; type: { id: string } }, branch: string): boolean {
  if (type.id === 'BRANCH') return id === `refs/heads/${branch}` || id === branch;
  return type.id === 'PATTERN' && matchesBranch(id.replace(/^refs\/heads\//, ''), branch);
}

async function asAdministrator<Value>(run: () => Promise<Value>): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    if (!isAppError(error) || error.code !== 'provider_refused' || error.details?.problem !== undefined) throw error;
    const details = { needed: ['Repository admin'] };
    throw new AppError('provider_scope_missing', 'the token may not read branch permissions', {
      cause: error,
      details,
    });
  }
}
