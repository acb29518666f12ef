import { canonicalJson } from './hash';
import { looksAt } from './looks-at';
import type { Policy } from './policy';
import { findRule } from './registry';
import type { Finding, IgnoredPaths } from './types';

/**
 * Whether a rule reports the same findings of the same code under both policies: with the same options, and with the same
 * limits where its findings depend on them. What appears or goes with other settings says nothing about the code.
 */
export function judgedAlike(one: Policy, other: Policy): (ruleId: string) => boolean {
  const isSameStrictness = one.strictness === other.strictness;
  const known = new Map<string, boolean>();
  const isAlike = (ruleId: string): boolean => {
    if (!isSame(ownRuleOf(one, ruleId), ownRuleOf(other, ruleId))) return false;
    const rule = findRule(ruleId);
    if (!rule) return true;
    const optionsOf = ({ rules }: Policy) => rule.options.parse(rules[ruleId]?.options ?? {});
    if (!isSame(optionsOf(one), optionsOf(other))) return false;
    return isSameStrictness || rule.limits === null || (rule.report === 'always' && rule.readsLimits === 'no');
  };
  return (ruleId) => {
    const said = known.get(ruleId) ?? isAlike(ruleId);
    known.set(ruleId, said);
    return said;
  };
}

/** What an older audit could have said: its rule looked at the path, and by what holds now. */
export function couldTell(
  { policy, ignored }: { policy: Policy; ignored: IgnoredPaths | null },
  now: Policy,
): (finding: Finding) => boolean {
  const isLookedAt = looksAt(policy, ignored);
  const isAlike = judgedAlike(policy, now);
  return (finding) => isLookedAt(finding) && isAlike(finding.ruleId);
}

function ownRuleOf({ ownRules }: Policy, ruleId: string): object | null {
  const own = ownRules.find(({ id }) => id === ruleId);
  if (!own) return null;
  const { isEnabled: _, severity: __, ...what } = own;
  return what;
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
