import type { Magic, Rule } from './define';
import type { Facts } from './facts';
import { byPlace } from './findings';
import { withoutPaths } from './ignore-paths';
import { withOwnRules } from './own-rules/to-rule';
import { factsByRule, withoutTeamPaths } from './path-policy';
import type { Policy } from './policy';
import { isEnforced, type RepositoryView, viewRepository } from './repository-view';
import { addedWords } from './rule-options';
import { cut, type RuleRun, runRule, runUncut } from './run-rule';
import { sumUp } from './sum-up';
import { bySuppressionPlace, unjudged } from './suppress';
import type { MagicResult, RuleResult } from './types';

/**
 * Judges one magic. Pure: the same facts and policy give the same result. `view` is what the repository says about itself;
 * of the whole repository where the facts are of a part.
 */
export function evaluate(
  builtIn: Magic,
  allFacts: Facts,
  policy: Policy,
  view: RepositoryView = viewRepository(allFacts, policy),
): MagicResult {
  const magic = withOwnRules(builtIn, policy.ownRules);
  const { facts, judge } = createJudge(allFacts, policy, view);
  const isOn = ({ id }: Rule) => policy.rules[id]?.isEnabled !== false;
  const runs = magic.rules.filter(isOn).map(judge);
  const off = magic.rules.filter((rule) => !isOn(rule)).map(({ id }) => unjudged(view.exceptionsFor(id).suppressions));
  const rules = runs.map((run) => run.result);
  const findings = runs.flatMap((run) => run.findings).sort(byPlace);

  return {
    magic: magic.id,
    magicVersion: magic.version,
    ...sumUp(magic, rules, findings),
    rules,
    findings,
    suppressed: runs.flatMap((run) => run.suppressed).sort(byPlace),
    suppressions: [...runs.map(({ uses }) => uses), ...off].flat().sort(bySuppressionPlace),
    words: magic.rules.flatMap((rule) => addedWords(rule, policy, view.exceptionsFor(rule.id))),
    ignored: view.ignored,
    ...ownRulesOf(magic, policy),
    metrics: mergeMetrics(rules),
    skipped: rules.flatMap((rule) =>
      rule.reason ? [{ ruleId: rule.ruleId, reason: rule.reason.id, data: rule.reason.data }] : [],
    ),
    analysedFiles: facts.files?.filter((file) => file.skipped === null).length ?? 0,
    analysedCommits: facts.commits?.length ?? 0,
  };
}

/** Judges rules one by one, on what policy and repository let them see; `facts` are those of most rules. */
export function createJudge(
  allFacts: Facts,
  policy: Policy,
  view: RepositoryView,
): { facts: Facts; judge: (rule: Rule) => RuleRun } {
  const shared = withoutTeamPaths(allFacts, policy);
  const facts = view.isIgnored ? withoutPaths(shared, view.isIgnored) : shared;
  const seenBy = factsByRule(policy);
  return {
    facts,
    judge: (rule) => judgeRule(rule, { shared: seenBy(rule, shared), facts: seenBy(rule, facts) }, policy, view),
  };
}

/** A result explains itself: these rules are in no catalogue. */
function ownRulesOf({ id, rules }: Magic, { ownRules }: Policy): Pick<MagicResult, 'ownRules'> {
  const judged = new Set<string>(rules.map((rule) => rule.id));
  const own = ownRules.filter((rule) => rule.magic === id && judged.has(rule.id));
  return own.length > 0 ? { ownRules: own } : {};
}

/** A rule from which ignored paths would hide what the team enforces is judged as if nothing was ignored. */
function judgeRule(
  rule: Rule,
  { shared, facts }: { shared: Facts; facts: Facts },
  policy: Policy,
  { isIgnored, exceptionsFor }: RepositoryView,
): RuleRun {
  const exceptions = exceptionsFor(rule.id);
  if (!isIgnored || isEnforced(policy, rule.id)) return runRule(rule, shared, policy, exceptions);
  const whole = runUncut(rule, shared, policy, exceptions);
  const part = runUncut(rule, facts, policy, exceptions);
  const known = new Set(part.findings.map(({ fingerprint }) => fingerprint));
  const { enforcedSeverities } = policy.repository;
  const isHidden = whole.findings.some(
    ({ fingerprint, severity }) => enforcedSeverities.includes(severity) && !known.has(fingerprint),
  );
  return cut(isHidden ? whole : part);
}

function mergeMetrics(rules: readonly RuleResult[]): Record<string, number> {
  const merged: Record<string, number> = {};
  for (const rule of rules) Object.assign(merged, rule.metrics);
  return merged;
}
