import { classifyPath } from './classify-path';
import { noCounts } from './counts';
import type { Magic, Rule } from './define';
import {
  type BaseFacts,
  type FactName,
  type Facts,
  type FactTables,
  type FileFact,
  HISTORY_FACTS,
  type Totals,
} from './facts';
import { canonicalJson, compareText, sha256 } from './hash';
import { withoutIgnoredPaths } from './ignore-paths';
import type { Policy } from './policy';
import {
  capFor,
  effectiveLimits,
  isBeyond,
  meanOf,
  pointsFor,
  roundScore,
  sharesOf,
  statusFor,
  weightedMean,
} from './score';
import {
  type Finding,
  type Limits,
  type MagicResult,
  type Measure,
  type RawFinding,
  type RuleResult,
  SEVERITIES,
  type Severity,
  type Unavailable,
} from './types';

/** Findings kept per rule; more are counted, not stored. */
export const MAX_FINDINGS_PER_RULE = 500;
/** Densities of less code are for information only. */
export const MIN_CODE_LINES = 500;
const MIN_EVENTS = 10;
const MAX_EVIDENCE = 200;
const EXECUTABLE = '100755';
const NOT_SET_UP: ReadonlySet<string> = new Set(['no-provider', 'no-audits', 'no-advisories', 'no-report']);

/** Judges one magic. Pure: the same facts and policy give the same result. */
export function evaluate(magic: Magic, allFacts: Facts, policy: Policy): MagicResult {
  const facts = withoutIgnoredPaths(allFacts, policy.ignorePaths);
  const runs = magic.rules
    .filter((rule) => policy.rules[rule.id]?.isEnabled !== false)
    .map((rule) => runRule(rule, facts, policy));
  const rules = runs.map((run) => run.result);
  const findings = runs.flatMap((run) => run.findings).sort(byPlace);

  const scored = rules.filter((rule) => rule.score !== null);
  const groupOf = new Map<string, string>(magic.rules.map((rule) => [rule.id, rule.group]));
  const parts = rules.map(({ ruleId, score, weight }) => ({ group: groupOf.get(ruleId) ?? '', score, weight }));
  const subScores = magic.groups.map(({ id }) => {
    const groupMean = weightedMean(parts.filter(({ group }) => group === id));
    return { id, score: groupMean === null ? null : roundScore(groupMean) };
  });
  const mean = meanOf(parts, sharesOf(parts, magic.groups));
  const cap = mean === null ? null : capFor(findings);
  const isCapped = mean !== null && cap !== null && mean > cap.limit;
  const score = mean === null ? null : roundScore(isCapped ? cap.limit : mean);
  const counts = noCounts();
  for (const finding of findings) counts[finding.severity] += 1;

  const weightOf = (some: readonly RuleResult[]) => some.reduce((sum, rule) => sum + rule.weight, 0);
  const judgeable = rules.filter((rule) => rule.outcome !== 'not-applicable' && !isNotSetUp(rule));
  const totalWeight = weightOf(judgeable.filter((rule) => rule.weight > 0));
  const coverage = totalWeight === 0 ? 0 : Math.round((weightOf(scored) / totalWeight) * 1000) / 1000;
  return {
    magic: magic.id,
    magicVersion: magic.version,
    status: statusFor({ score, coverage, hasCritical: counts.critical > 0, rules }),
    score,
    coverage,
    cap: isCapped ? cap : null,
    subScores,
    rules,
    findings,
    counts,
    metrics: mergeMetrics(rules),
    skipped: rules.flatMap((rule) =>
      rule.reason ? [{ ruleId: rule.ruleId, reason: rule.reason.id, data: rule.reason.data }] : [],
    ),
    analysedFiles: facts.files?.filter((file) => file.skipped === null).length ?? 0,
    analysedCommits: facts.commits?.length ?? 0,
  };
}

export interface RuleRun {
  result: RuleResult;
  findings: Finding[];
}

/** Runs one rule; a rule that throws is an `error` and never stops the others. */
export function runRule(rule: Rule, facts: Facts, policy: Policy): RuleRun {
  const limits = rule.limits ? effectiveLimits(rule.limits, policy.strictness) : null;
  const empty: RuleResult = {
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
    reason: null,
    metrics: {},
  };
  const missing = rule.needs.find((name) => facts[name] === null);
  if (missing)
    return { result: { ...empty, outcome: 'not-available', reason: missingReason(missing, facts) }, findings: [] };

  try {
    const options = rule.options.parse(policy.rules[rule.id]?.options ?? {});
    const { raw, returned } = collect(rule.check(facts as BaseFacts & FactTables, options, { limits }));
    if (returned && 'outcome' in returned) {
      const unread = returned.reason === 'no-subjects' ? unreadTestFiles(rule, facts) : 0;
      if (unread > 0) return { result: { ...empty, ...notRecognised(unread) }, findings: [] };
      const reason = { id: returned.reason, data: returned.data ?? {} };
      return { result: { ...empty, outcome: returned.outcome, reason, metrics: returned.metrics ?? {} }, findings: [] };
    }
    return settleRule(rule, facts, policy, empty, raw, returned ?? null, limits);
  } catch (error) {
    const data = { error: error instanceof Error ? error.message.slice(0, MAX_EVIDENCE) : 'unknown' };
    return { result: { ...empty, outcome: 'error', reason: { id: 'threw', data } }, findings: [] };
  }
}

function settleRule(
  rule: Rule,
  facts: Facts,
  policy: Policy,
  empty: RuleResult,
  raw: readonly RawFinding[],
  measure: Measure | null,
  limits: { good: number; bad: number } | null,
): RuleRun {
  const measured = measure ?? (rule.limits ? measureFindings(rule.limits, raw.length, facts.totals) : null);
  const value = measured && Number.isFinite(measured.value) ? measured.value : null;
  const isWithin = rule.report === 'beyond-limit' && limits !== null && value !== null && !isBeyond(value, limits);
  const all = isWithin ? [] : toFindings(rule, raw, policy.rules[rule.id]?.severity);
  const findings = all.slice(0, MAX_FINDINGS_PER_RULE);
  const isInformational = rule.limits !== null && isTooLittle(rule.limits, measured, facts.totals);
  const points = limits && value !== null && !isInformational ? pointsFor(value, limits) : null;
  const isNothing = measured !== null && measured.value !== null && value === null;
  const unread = isNothing ? unreadTestFiles(rule, facts) : 0;
  if (unread > 0) return { result: { ...empty, ...notRecognised(unread) }, findings: [] };
  return {
    result: {
      ...empty,
      outcome: isNothing ? 'not-applicable' : all.length > 0 ? 'failed' : 'passed',
      value,
      population: measured?.population ?? null,
      score: points,
      isInformational,
      findings: all.length,
      dropped: all.length - findings.length,
      reason: isNothing
        ? { id: 'no-subjects', data: {} }
        : isInformational
          ? { id: 'too-little', data: { population: measured?.population ?? facts.totals.codeLines } }
          : null,
      metrics: measure?.metrics ?? {},
    },
    findings,
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
function isNotSetUp({ reason }: RuleResult): boolean {
  return reason !== null && NOT_SET_UP.has(reason.id);
}

function missingReason(name: FactName, facts: Facts): RuleResult['reason'] {
  const cause = facts.missing[name] ?? 'unknown';
  if (NOT_SET_UP.has(cause)) return { id: cause, data: {} };
  const isShallow = cause === 'shallow' && (HISTORY_FACTS as readonly string[]).includes(name);
  return { id: isShallow ? 'shallow' : 'fact-missing', data: { fact: name, cause } };
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

function measureFindings(limits: Limits, count: number, totals: Totals): Measure {
  switch (limits.per) {
    case 'kloc':
      return { value: (count * 1000) / totals.codeLines };
    case 'commentLines':
      return { value: count / totals.commentLines };
    case 'functions':
      return { value: count / totals.functions, population: totals.functions };
    case 'tests':
      return { value: count / totals.tests, population: totals.tests };
    case 'files':
      return { value: count / totals.productionFiles, population: totals.productionFiles };
    case 'sites':
      return { value: count };
    case 'measure':
      throw new Error('a rule with limits per measure returns its value');
  }
}

/** Rates over few events and densities over little code say nothing. */
function isTooLittle(limits: Limits, measured: Measure | null, totals: Totals): boolean {
  if (measured?.population !== undefined) return measured.population < MIN_EVENTS;
  const isDensity = limits.per === 'kloc' || limits.per === 'commentLines';
  return isDensity && totals.codeLines < MIN_CODE_LINES;
}

function toFindings(rule: Rule, raw: readonly RawFinding[], override: Severity | undefined): Finding[] {
  const seen = new Map<string, number>();
  return [...raw].sort(byRawPlace).map((finding) => {
    if (!rule.messages[finding.messageId]) throw new Error(`${rule.id} has no message ${finding.messageId}`);
    const data = finding.data ?? {};
    const path = finding.location?.path ?? '';
    const anchor = finding.anchor ?? `${finding.messageId} ${canonicalJson(data)}`;
    const key = sha256(rule.id, path, anchor.replace(/\s+/g, ' ').trim());
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return {
      ruleId: rule.id,
      magic: rule.magic,
      severity: override ?? finding.severity ?? rule.severity,
      confidence: finding.confidence ?? rule.confidence,
      path: finding.location?.path ?? null,
      startLine: finding.location?.line ?? null,
      endLine: finding.location ? (finding.location.endLine ?? finding.location.line) : null,
      related: finding.related ?? [],
      commits: finding.commits ?? [],
      messageId: finding.messageId,
      data,
      evidence: finding.evidence?.slice(0, MAX_EVIDENCE) ?? null,
      fingerprint: sha256(key, String(occurrence)),
    };
  });
}

function byRawPlace(a: RawFinding, b: RawFinding): number {
  return (
    compareText(a.location?.path ?? '', b.location?.path ?? '') ||
    (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
    compareText(a.commits?.[0] ?? '', b.commits?.[0] ?? '') ||
    compareText(a.messageId, b.messageId) ||
    compareText(canonicalJson(a.data ?? {}), canonicalJson(b.data ?? {}))
  );
}

function byPlace(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.path ?? '', b.path ?? '') ||
    (a.startLine ?? 0) - (b.startLine ?? 0) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

function mergeMetrics(rules: readonly RuleResult[]): Record<string, number> {
  const merged: Record<string, number> = {};
  for (const rule of rules) Object.assign(merged, rule.metrics);
  return merged;
}
