import { classifyPath } from './classify-path';
import type { Rule } from './define';
import type { BaseFacts, FactName, Facts, FactTables } from './facts';
import type { FileFact } from './facts/code';
import { HOST_GAPS } from './facts/provider';
import { byPlace, byRawPlace, toFindings } from './findings';
import { finiteOf, isTooLittle, measureFindings, weightOf, withoutReleased } from './measure';
import { maxSeverityAt } from './path-policy';
import type { Policy } from './policy';
import { NO_EXCEPTIONS, type RuleExceptions } from './repository-view';
import { optionsFor } from './rule-options';
import { effectiveLimits, isBeyond, pointsFor } from './score';
import { suppressFindings, unjudged } from './suppress';
import type { Finding, Measure, RawFinding, RuleResult, SuppressedFinding, SuppressionUse, Unavailable } from './types';

/** Findings kept per rule; more are counted, not stored. */
export const MAX_FINDINGS_PER_RULE = 500;
const MAX_ERROR = 200;
const EXECUTABLE = '100755';
const NOT_SET_UP: ReadonlySet<string> = new Set([
  'no-provider',
  'no-audits',
  'no-advisories',
  'no-report',
  ...HOST_GAPS,
]);

export interface RuleRun {
  result: RuleResult;
  /** Those that weigh, the gravest first. */
  findings: Finding[];
  suppressed: SuppressedFinding[];
  uses: SuppressionUse[];
}

/** Runs one rule; a rule that throws is an `error` and never stops the others. */
export function runRule(rule: Rule, facts: Facts, policy: Policy, exceptions: RuleExceptions = NO_EXCEPTIONS): RuleRun {
  return cut(runUncut(rule, facts, policy, exceptions));
}

/** What of a run is stored. */
export function cut(run: RuleRun): RuleRun {
  const keep = <Item>(items: readonly Item[]) => items.slice(0, MAX_FINDINGS_PER_RULE);
  return { ...run, findings: keep(run.findings), suppressed: keep(run.suppressed) };
}

/** One rule on its way to a result. */
interface Run {
  rule: Rule;
  facts: Facts;
  policy: Policy;
  exceptions: RuleExceptions;
  /** After strictness. */
  limits: { good: number; bad: number } | null;
  /** What stands where nothing else was found out. */
  empty: RuleResult;
}

/** The run with every finding, however many. */
export function runUncut(rule: Rule, facts: Facts, policy: Policy, exceptions: RuleExceptions): RuleRun {
  const limits = rule.limits ? effectiveLimits(rule.limits, policy.strictness) : null;
  const run: Run = { rule, facts, policy, exceptions, limits, empty: emptyResult(rule, limits) };
  const missing = rule.needs.find((name) => facts[name] === null);
  if (missing) return silent(run, { outcome: 'not-available', reason: missingReason(missing, facts) });

  try {
    const { options } = optionsFor(rule, policy, exceptions);
    const context = { limits, repository: policy.repository };
    const { raw, returned } = collect(rule.check(facts as BaseFacts & FactTables, options, context));
    if (returned && 'outcome' in returned) {
      const unread = returned.reason === 'no-subjects' ? unreadTestFiles(rule, facts) : 0;
      if (unread > 0) return silent(run, notRecognised(unread));
      const reason = { id: returned.reason, data: returned.data ?? {} };
      return silent(run, { outcome: returned.outcome, reason, metrics: returned.metrics ?? {} });
    }
    return settleRule(run, raw, returned ?? null);
  } catch (error) {
    const data = { error: error instanceof Error ? error.message.slice(0, MAX_ERROR) : 'unknown' };
    return silent(run, { outcome: 'error', reason: { id: 'threw', data } });
  }
}

function emptyResult(rule: Rule, limits: Run['limits']): RuleResult {
  return {
    ruleId: rule.id,
    outcome: 'passed',
    value: null,
    population: null,
    good: limits?.good ?? null,
    bad: limits?.bad ?? null,
    score: null,
    weight: rule.limits ? rule.weight : 0,
    isInformational: false,
    findings: 0,
    dropped: 0,
    suppressed: 0,
    reason: null,
    metrics: {},
  };
}

function silent({ empty, exceptions }: Run, said: Partial<RuleResult>): RuleRun {
  return { result: { ...empty, ...said }, findings: [], suppressed: [], uses: unjudged(exceptions.suppressions) };
}

function settleRule(run: Run, raw: readonly RawFinding[], measure: Measure | null): RuleRun {
  const { rule, facts, policy, exceptions, limits, empty } = run;
  const isWithin = (value: number | null) =>
    rule.report === 'beyond-limit' && limits !== null && value !== null && !isBeyond(value, limits);
  const found = measure ?? (rule.limits ? measureFindings(rule.limits, raw.length, facts.totals) : null);
  const sorted = [...raw].sort(byRawPlace);
  const severity = { override: policy.rules[rule.id]?.severity, mostAt: maxSeverityAt(policy) };
  const reported = isWithin(finiteOf(found)) ? [] : toFindings(rule, sorted, severity, exceptions);
  const { open, suppressed, uses } = suppressFindings(reported, exceptions, policy.repository);
  const left = new Set(open.map(({ fingerprint }) => fingerprint));
  const released = sorted.filter((_, at) => reported[at] && !left.has(reported[at].fingerprint));
  const measured = measure
    ? withoutReleased(rule, measure, { all: weightOf(sorted), released: weightOf(released) }, facts.totals)
    : found && rule.limits && measureFindings(rule.limits, raw.length - suppressed.length, facts.totals);
  const value = finiteOf(measured);
  const findings = isWithin(value) ? [] : open.toSorted(byPlace);
  const isInformational = rule.limits !== null && isTooLittle(rule.limits, measured, facts.totals);
  const points = limits && value !== null && !isInformational ? pointsFor(value, limits) : null;
  const isNothing = measured !== null && measured.value !== null && value === null;
  const unread = isNothing ? unreadTestFiles(rule, facts) : 0;
  if (unread > 0) return silent(run, notRecognised(unread));
  return {
    result: {
      ...empty,
      outcome: isNothing ? 'not-applicable' : findings.length > 0 ? 'failed' : 'passed',
      value,
      population: measured?.population ?? null,
      score: points,
      isInformational,
      findings: findings.length,
      dropped: Math.max(0, findings.length - MAX_FINDINGS_PER_RULE),
      suppressed: suppressed.length,
      reason: isNothing
        ? { id: 'no-subjects', data: {} }
        : isInformational
          ? { id: 'too-little', data: { population: measured?.population ?? facts.totals.codeLines } }
          : null,
      metrics: measure?.metrics ?? {},
    },
    findings,
    suppressed: suppressed.toSorted(byPlace),
    uses,
  };
}

function notRecognised(files: number): Pick<RuleResult, 'outcome' | 'reason'> {
  return { outcome: 'not-available', reason: { id: 'not-recognised', data: { files } } };
}

/** Test files of a form that no reader knows: what a rule about tests asks for is missing there, not absent. */
function unreadTestFiles({ needs }: Rule, { files, totals }: Facts): number {
  if (totals.tests > 0 || !needs.includes('tests')) return 0;
  return files?.filter(isTestCode).length ?? 0;
}

/** Also a program without an extension among tests: by its name alone it would be something that tests read. */
function isTestCode({ path, mode, role, codeLines }: FileFact): boolean {
  if (role === 'test') return codeLines > 0;
  return role === 'fixture' && mode === EXECUTABLE && classifyPath(path, { isCode: true }) === 'test';
}

/** Evidence from outside the repository is optional: without it a rule does not apply, and is shown with its reason. */
export function isNotSetUp({ reason }: RuleResult): boolean {
  return reason !== null && NOT_SET_UP.has(reason.id);
}

function missingReason(name: FactName, facts: Facts): RuleResult['reason'] {
  const cause = facts.missing[name] ?? 'unknown';
  if (NOT_SET_UP.has(cause)) return { id: cause, data: {} };
  return { id: cause === 'shallow' ? 'shallow' : 'fact-missing', data: { fact: name, cause } };
}

function collect(output: ReturnType<Rule['check']>): {
  raw: RawFinding[];
  returned: Measure | Unavailable | undefined;
} {
  const raw: RawFinding[] = [];
  for (;;) {
    const step = output.next();
    if (step.done) return { raw, returned: step.value ?? undefined };
    raw.push(step.value);
  }
}
