import type { Change } from '@/components/policy/changes';
import { changesOf } from '@/components/policy-history/differences';
import type { PolicyDifference } from '@/lib/schemas/comparisons';

/** What differs between the policies of two audits, as the pages of the policy tell changes. */
export function policyChanges(policy: readonly PolicyDifference[]): Change[] {
  const parsed = (json: string | null): unknown => (json === null ? null : JSON.parse(json));
  return changesOf(policy.map(({ setting, from, to }) => ({ path: setting, before: parsed(from), after: parsed(to) })));
}
