import type { Magic, Rule } from './define';
import { byPlace } from './findings';
import { canonicalJson } from './hash';
import { hasSameOptions } from './judged-alike';
import { globsWithout, lowerTo, maxSeverityAt } from './path-policy';
import type { Policy } from './policy';
import { isEnforced } from './repository-view';
import type { RuleRun } from './run-rule';
import { effectiveLimits, isBeyond, pointsFor } from './score';
import { sumUp } from './sum-up';
import { demote } from './team-precision';
import type { Finding, MagicResult, RuleResult, Severity } from './types';

/** Why only an audit can tell what a rule would say. */
export type NotPreviewed = 'switched-on' | 'options' | 'paths' | 'repository' | 'severity' | 'not-kept';

export type KeptResult = Pick<MagicResult, 'rules' | 'findings' | 'suppressed' | 'suppressions' | 'words' | 'ignored'>;

export interface Rejudged extends Pick<MagicResult, 'status' | 'score' | 'coverage' | 'cap' | 'counts' | 'rules'> {
  /** Those that weigh. */
  findings: Finding[];
  /** Rules that keep what they said, or say nothing when they were off. */
  needAudit: { ruleId: string; reason: NotPreviewed }[];
}

export interface Change {
  /** What the result was judged by. */
  before: Policy;
  after: Policy;
  /** Rules that the team's verdicts had demoted. */
  demotedRules: readonly string[];
}

/** What a rule says of the facts under the policy that is new; null when they are not at hand. */
export type AskRule = (rule: Rule) => Pick<RuleRun, 'result' | 'findings'> | null;

/**
 * What a magic would have said under another policy, as far as what is kept of its result tells, and where that does not,
 * what `ask` answers. Pure.
 */
export function rejudge(magic: Magic, kept: KeptResult, change: Change, ask: AskRule = () => null): Rejudged {
  const { after } = change;
  const needAudit: Rejudged['needAudit'] = [];
  const rules: RuleResult[] = [];
  const findings: Finding[] = [];
  const context = toContext(kept, change);
  for (const rule of magic.rules) {
    if (after.rules[rule.id]?.isEnabled === false) continue;
    const result = kept.rules.find(({ ruleId }) => ruleId === rule.id);
    const told = result ? rejudgeRule(rule, result, context) : null;
    const reason = told ? told.reason : 'switched-on';
    const said = (reason && ask(rule)) ?? told;
    if (reason && said === told) needAudit.push({ ruleId: rule.id, reason });
    if (!said) continue;
    rules.push(said.result);
    findings.push(...said.findings);
  }
  findings.sort(byPlace);
  return { ...sumUp(magic, rules, findings), rules, findings, needAudit };
}

interface Context extends Change {
  kept: KeptResult;
  byRule: ReadonlyMap<string, { open: Finding[]; suppressed: Finding[] }>;
  isRepositoryChanged: boolean;
  isYardstickChanged: boolean;
  caps: { before: CapAt; after: CapAt };
}

type CapAt = ((path: string) => Severity | null) | null;

function toContext(kept: KeptResult, change: Change): Context {
  const { before, after } = change;
  const byRule = new Map<string, { open: Finding[]; suppressed: Finding[] }>();
  const rowOf = (ruleId: string) => {
    const row = byRule.get(ruleId) ?? { open: [], suppressed: [] };
    byRule.set(ruleId, row);
    return row;
  };
  for (const finding of kept.findings) rowOf(finding.ruleId).open.push(finding);
  for (const finding of kept.suppressed) rowOf(finding.ruleId).suppressed.push(finding);
  return {
    ...change,
    kept,
    byRule,
    isRepositoryChanged: !isSame(before.repository, after.repository),
    isYardstickChanged: !isSame({ ...before, gate: null }, { ...after, gate: null }),
    caps: { before: maxSeverityAt(before), after: maxSeverityAt(after) },
  };
}

interface Said {
  result: RuleResult;
  findings: Finding[];
  reason: NotPreviewed | null;
}

function rejudgeRule(rule: Rule, kept: RuleResult, context: Context): Said {
  const { before, after, byRule } = context;
  const { open, suppressed } = byRule.get(rule.id) ?? { open: [], suppressed: [] };
  // Scores that other policies gave are no trend, and a policy that is new has given none.
  if (context.isYardstickChanged && rule.needs.includes('scores')) {
    return { result: withoutScores(rule, kept, after), findings: [], reason: null };
  }
  const cause = causeToAsk(rule, kept, context);
  const limits = rule.limits ? effectiveLimits(rule.limits, after.strictness) : null;
  const result: RuleResult = {
    ...kept,
    good: limits?.good ?? null,
    bad: limits?.bad ?? null,
    score: limits && kept.value !== null && kept.score !== null ? pointsFor(kept.value, limits) : kept.score,
  };
  const all = [...open, ...suppressed];
  const graded = cause ? null : gradeAll(rule, all, context);
  if (!graded) return { result, findings: open, reason: cause ?? 'severity' };
  const findings = graded.slice(0, open.length);
  const isRegraded = graded.some(({ severity }, at) => severity !== all[at]?.severity);
  if (isRegraded && isBoundToSeverity(rule, context)) return { result, findings: open, reason: 'severity' };
  if (isRegraded && kept.dropped > 0) return { result, findings: open, reason: 'not-kept' };
  if (limits && rule.limits && kept.value !== null && before.strictness !== after.strictness) {
    const old = effectiveLimits(rule.limits, before.strictness);
    const side = sidesOf(kept.value, old) === sidesOf(kept.value, limits);
    const isCertain = kept.suppressed === 0;
    if (rule.readsLimits === 'any' || (rule.readsLimits === 'side' && !(side && isCertain))) {
      return { result, findings, reason: 'not-kept' };
    }
    if (rule.report === 'beyond-limit') {
      const [was, is] = [isBeyond(kept.value, old), isBeyond(kept.value, limits)];
      if (was !== is || kept.suppressed > 0) {
        if (kept.suppressed > 0 || is) return { result, findings, reason: 'not-kept' };
        return { result: { ...result, outcome: 'passed', findings: 0, dropped: 0 }, findings: [], reason: null };
      }
    }
  }
  return { result, findings, reason: null };
}

/** What changed for the rule that only facts can answer. */
function causeToAsk(rule: Rule, kept: RuleResult, context: Context): NotPreviewed | null {
  const { before, after, isRepositoryChanged } = context;
  const ownOf = (policy: Policy) => policy.ownRules.find(({ id }) => id === rule.id) ?? null;
  if (!isSame(ownOf(before), ownOf(after))) return 'options';
  if (!hasSameOptions(rule, before, after)) return 'options';
  const pathsOf = (policy: Policy) => [
    [...policy.ignorePaths].sort(),
    policy.pathRules.flatMap(({ glob, isIgnored }) => (isIgnored ? [glob] : [])).sort(),
    globsWithout(rule, policy).sort(),
  ];
  if (!isSame(pathsOf(before), pathsOf(after))) return 'paths';
  return isRepositoryChanged && isBoundToRepository(rule, kept, context) ? 'repository' : null;
}

/** Whether what the repository asks for touches the rule, or the rule asks what the team allows it. */
function isBoundToRepository(rule: Rule, kept: RuleResult, { kept: all, demotedRules }: Context): boolean {
  const { id } = rule;
  return (
    all.ignored !== null ||
    kept.suppressed > 0 ||
    all.suppressions.some(({ ruleId }) => ruleId === id) ||
    all.words.some(({ ruleId }) => ruleId === id) ||
    demotedRules.includes(id) ||
    rule.readsLimits === 'any'
  );
}

/** Whether other severities could let other findings stand. */
function isBoundToSeverity({ id }: Rule, { kept: all }: Context): boolean {
  const isIgnoring = all.ignored !== null && !all.ignored.isRefused;
  return isIgnoring || all.suppressions.some(({ ruleId }) => ruleId === id);
}

/** The findings with the severities they would have; null when what they were at first is not known. */
function gradeAll(rule: Rule, findings: readonly Finding[], context: Context): Finding[] | null {
  const { before, after, demotedRules, caps } = context;
  const isDemoted = (policy: Policy) => demotedRules.includes(rule.id) && !isEnforced(policy, rule.id);
  const [was, is] = [before, after].map((policy) => ({
    override: policy.rules[rule.id]?.severity,
    isDemoted: isDemoted(policy),
  }));
  const isUngraded = !was?.override && !is?.override && was?.isDemoted === is?.isDemoted;
  if (isUngraded && !caps.before && !caps.after) return [...findings];
  const graded: Finding[] = [];
  for (const finding of findings) {
    const { path, severity } = finding;
    const [old, most] = [caps.before, caps.after].map((capAt) => (path !== null && capAt ? capAt(path) : null));
    const now = gradeOf(severity, { was: { ...was, most: old ?? null }, is: { ...is, most: most ?? null } });
    if (now === null) return null;
    graded.push(now === severity ? finding : { ...finding, severity: now });
  }
  return graded;
}

interface Grading {
  override?: Severity | undefined;
  isDemoted?: boolean;
  most: Severity | null;
}

function gradeOf(severity: Severity, { was, is }: { was: Grading; is: Grading }): Severity | null {
  if (is.override) return lowerTo(is.override, is.most);
  const isSameGrading = !was.override && was.isDemoted === is.isDemoted;
  if (isSameGrading && was.most === is.most) return severity;
  // At its path’s most it may have been graver before, which matters only where more is allowed now.
  const isCut = was.most !== null && severity === was.most;
  if (isSameGrading && (!isCut || (is.most !== null && lowerTo(severity, is.most) === is.most))) {
    return lowerTo(severity, is.most);
  }
  if (!was.override && !was.isDemoted && is.isDemoted && !isCut) return lowerTo(demote(severity), is.most);
  return null;
}

function withoutScores(rule: Rule, kept: RuleResult, after: Policy): RuleResult {
  const limits = rule.limits ? effectiveLimits(rule.limits, after.strictness) : null;
  return {
    ...kept,
    outcome: 'not-available',
    value: null,
    population: null,
    good: limits?.good ?? null,
    bad: limits?.bad ?? null,
    score: null,
    isInformational: false,
    findings: 0,
    dropped: 0,
    suppressed: 0,
    reason: { id: 'no-audits', data: {} },
    metrics: {},
  };
}

/** On which side of `good`, and of the middle, a value lies. */
function sidesOf(value: number, { good, bad }: { good: number; bad: number }): string {
  const middle = { good: (good + bad) / 2, bad };
  return `${isBeyond(value, { good, bad })} ${isBeyond(value, middle)}`;
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
