import type { Rule } from './define';
import { canonicalJson } from './hash';
import { looksAt } from './looks-at';
import { selectionOf } from './own-rules/matcher';
import type { Policy } from './policy';
import { findRule } from './registry';
import type { Finding } from './types';

/**
 * Whether a rule reports the same findings of the same code under both policies: with the same options, and with the same
 * limits where its findings depend on them. What appears or goes with other settings says nothing about the code.
 */
export function judgedAlike(one: Policy, other: Policy): (ruleId: string) => boolean {
  const isSameStrictness = one.strictness === other.strictness;
  const known = new Map<string, boolean>();
  const isAlike = (ruleId: string): boolean => {
    const [own, otherOwn] = [one, other].map(({ ownRules }) => ownRules.find(({ id }) => id === ruleId));
    if (own && otherOwn) return isSame(selectionOf(own), selectionOf(otherOwn));
    if (own || otherOwn) return false;
    const rule = findRule(ruleId);
    if (!rule) return true;
    if (!hasSameOptions(rule, one, other)) return false;
    return isSameStrictness || rule.limits === null || (rule.report === 'always' && rule.readsLimits === 'no');
  };
  return (ruleId) => {
    const said = known.get(ruleId) ?? isAlike(ruleId);
    known.set(ruleId, said);
    return said;
  };
}

/** Defaults filled in; options that an earlier release took and this one does not are equal to none. */
export function hasSameOptions(rule: Rule, one: Policy, other: Policy): boolean {
  const [options, otherOptions] = [one, other].map(({ rules }) =>
    rule.options.safeParse(rules[rule.id]?.options ?? {}),
  );
  return Boolean(options?.success && otherOptions?.success) && isSame(options?.data, otherOptions?.data);
}

/**
 * What an older audit could have said as far as the team let it: its rule looked at the path, and by what holds now. What the
 * repository hid from it does not count: otherwise a commit would hide what it brings, and the next one show it as old.
 */
export function couldTell(then: Policy, now: Policy): (finding: Finding) => boolean {
  const isLookedAt = looksAt(then, null);
  const isAlike = judgedAlike(then, now);
  return (finding) => isLookedAt(finding) && isAlike(finding.ruleId);
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
