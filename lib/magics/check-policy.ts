import * as z from 'zod';
import { nearestNames } from './nearest-names';
import { findRuleIn } from './own-rules/find-rule-in';
import type { OwnRule } from './own-rules/own-rule';
import { isPathGlob } from './path-globs';
import { magicWeight, type Policy } from './policy';
import { type KindOfProblem, kindOfIssue } from './problem-kind';
import { findRule, magics } from './registry';
import { MAGIC_IDS } from './types';

export interface PolicyProblem extends Partial<KindOfProblem> {
  /** Path of the wrong value, as `rules.strict/no-long-function.options.limit`. */
  field: string;
  problem: string;
}

const GLOB_HELP =
  'not a pattern: * within a name, ** for any number of folders, a folder’s name with / behind it for all below';
const RULE_IDS = magics.flatMap(({ rules }) => rules.map(({ id }): string => id));

type Settings = Partial<Pick<Policy, 'rules' | 'ignorePaths' | 'pathRules' | 'repository' | 'ownRules'>>;

/** What the shape of a policy, or of a part of it, cannot say: rules that do not exist, options they do not take, bad globs. */
export function policyProblems(policy: Settings): PolicyProblem[] {
  const { rules = {}, ignorePaths = [], pathRules = [], repository, ownRules = [] } = policy;
  const problems: PolicyProblem[] = [];
  for (const [ruleId, { options }] of Object.entries(rules)) {
    const field = `rules.${ruleId}`;
    const unknown = unknownRule(ruleId, ownRules);
    if (unknown) problems.push({ field, problem: unknown });
    else if (options) problems.push(...optionProblems(ruleId, options, ownRules).map(inside(`${field}.options`)));
  }
  for (const [place, glob] of ignorePaths.entries()) {
    if (!isPathGlob(glob)) problems.push({ field: `ignorePaths.${place}`, problem: GLOB_HELP });
  }
  for (const [place, { glob, rulesOff }] of pathRules.entries()) {
    const field = `pathRules.${place}`;
    if (!isPathGlob(glob)) problems.push({ field: `${field}.glob`, problem: GLOB_HELP });
    problems.push(...ruleIdProblems(rulesOff, ownRules, `${field}.rulesOff`));
  }
  problems.push(...ruleIdProblems(repository?.enforcedRules ?? [], ownRules, 'repository.enforcedRules'));
  return problems;
}

/** A policy under which nothing would be judged. */
export function emptinessProblems(policy: Policy): PolicyProblem[] {
  const isOn = MAGIC_IDS.some((magic) => magicWeight(policy, magic) > 0);
  return isOn ? [] : [{ field: 'magics', problem: 'at least one magic must be on and have a weight above 0' }];
}

/** The rules’ settings with options as their schemas read them: nothing is kept that no schema knows. */
export function withReadOptions(rules: Policy['rules']): Policy['rules'] {
  return Object.fromEntries(
    Object.entries(rules).map(([ruleId, setting]) => {
      const rule = findRule(ruleId);
      if (!rule || !setting.options) return [ruleId, setting];
      const read = rule.options.parse(setting.options) as Record<string, unknown>;
      const options = Object.fromEntries(Object.keys(setting.options).map((name) => [name, read[name]]));
      return [ruleId, { ...setting, options }];
    }),
  );
}

function ruleIdProblems(ids: readonly string[], ownRules: readonly OwnRule[], field: string): PolicyProblem[] {
  return ids.flatMap((id, place) => {
    const problem = unknownRule(id, ownRules);
    return problem ? [{ field: `${field}.${place}`, problem }] : [];
  });
}

function unknownRule(ruleId: string, ownRules: readonly OwnRule[]): string | null {
  if (findRuleIn(ownRules, ruleId)) return null;
  const near = nearestNames(ruleId, [...RULE_IDS, ...ownRules.map(({ id }) => id)]);
  return near.length === 0 ? 'no such rule' : `no such rule; perhaps ${near.join(', ')}`;
}

function optionProblems(
  ruleId: string,
  options: Record<string, unknown>,
  ownRules: readonly OwnRule[],
): PolicyProblem[] {
  const rule = findRuleIn(ownRules, ruleId);
  if (!rule) return [];
  const known = rule.options instanceof z.ZodObject ? Object.keys(rule.options.shape) : [];
  const unknown = Object.keys(options)
    .filter((name) => !known.includes(name))
    .map((name) => ({ field: name, ...unknownOption(name, known) }));
  const read = rule.options.safeParse(options);
  const wrong = read.error?.issues.map((issue) => ({
    field: issue.path.join('.'),
    problem: issue.message,
    ...kindOfIssue(issue),
  }));
  return [...unknown, ...(wrong ?? [])];
}

function unknownOption(name: string, known: readonly string[]): Omit<PolicyProblem, 'field'> {
  if (known.length === 0) return { problem: 'the rule has no options', kind: 'none' };
  const near = nearestNames(name, known);
  const names = (near.length > 0 ? near : known).join(', ');
  const problem = `no such option; ${near.length > 0 ? 'perhaps' : 'there are'} ${names}`;
  return { problem, kind: 'unknown', expected: names };
}

function inside(field: string) {
  return (problem: PolicyProblem): PolicyProblem => ({
    ...problem,
    field: problem.field ? `${field}.${problem.field}` : field,
  });
}
