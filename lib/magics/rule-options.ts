import type { Rule } from './define';
import { compareText } from './hash';
import type { Policy } from './policy';
import { isEnforced, type RuleExceptions } from './repository-view';
import type { AddedWords } from './types';

/** The team's options, and the words a repository may add. More than an option holds are not added. */
export function optionsFor(
  rule: Rule,
  policy: Policy,
  { words }: RuleExceptions,
): { options: unknown; added: string[] } {
  const team = policy.rules[rule.id]?.options ?? {};
  const isListed = policy.repository.suppressions === 'listed';
  const names = rule.repositoryOptions.filter(
    (name) =>
      words[name] !== undefined && !isEnforced(policy, rule.id) && !(isListed && rule.releasingOptions.includes(name)),
  );
  if (names.length === 0) return { options: rule.options.parse(team), added: [] };
  const listOf = (name: string) => (Array.isArray(team[name]) ? team[name] : []);
  const added = Object.fromEntries(names.map((name) => [name, [...listOf(name), ...(words[name] ?? [])]]));
  const both = rule.options.safeParse({ ...team, ...added });
  return both.success ? { options: both.data, added: names } : { options: rule.options.parse(team), added: [] };
}

/** The words a repository asks to add, and whether they are in effect. */
export function addedWords(rule: Rule, policy: Policy, exceptions: RuleExceptions): AddedWords[] {
  const asked = Object.entries(exceptions.words).sort(([a], [b]) => compareText(a, b));
  if (asked.length === 0) return [];
  const isOn = policy.rules[rule.id]?.isEnabled !== false;
  const { added } = optionsFor(rule, policy, exceptions);
  return asked.map(([option, words]) => ({
    ruleId: rule.id,
    option,
    words,
    isInEffect: isOn && added.includes(option),
  }));
}
