import { classifyPath } from './classify-path';
import { noCounts } from './counts';
import type { Magic, Rule } from './define';
import { isRemembering } from './fact-names';
import type { BaseFacts, FactName, Facts, FactTables, FileFact, Totals } from './facts';
import { canonicalJson, compareText, sha256 } from './hash';
import { withoutIgnoredPaths, withoutPaths } from './ignore-paths';
import type { Policy } from './policy';
import { isEnforced, NO_SAY, type RepositorySay, type RepositoryView, viewRepository } from './repository-view';
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
import { bySuppressionPlace, suppressFindings, unjudged } from './suppress';
import { MIN_CODE_LINES } from './totals';
import {
  type AddedWords,
  type Finding,
  type Limits,
  type MagicResult,
  type Measure,
  type RawFinding,
  type RuleResult,
  SEVERITIES,
  type Severity,
  type SuppressedFinding,
  type SuppressionUse,
  type Unavailable,
} from './types';

/** Findings kept per rule; more are counted, not stored. */
export const MAX_FINDINGS_PER_RULE = 500;
const MIN_EVENTS = 10;
const MAX_EVIDENCE = 200;
const EXECUTABLE = '100755';
const NOT_SET_UP: ReadonlySet<string> = new Set(['no-provider', 'no-audits', 'no-advisories', 'no-report']);

/**
 * Judges one magic. Pure: the same facts and policy give the same result. `view` is what the repository says about itself;
 * of the whole repository where the facts are of a part.
 */
export function evaluate(
  magic: Magic,
  allFacts: Facts,
  policy: Policy,
  view: RepositoryView = viewRepository(allFacts, policy),
): MagicResult {
  const shared = withoutIgnoredPaths(allFacts, policy.ignorePaths);
  const facts = view.isIgnored ? withoutPaths(shared, view.isIgnored) : shared;
  const isOn = ({ id }: Rule) => policy.rules[id]?.isEnabled !== false;
  const runs = magic.rules.filter(isOn).map((rule) => judgeRule(rule, { shared, facts }, policy, view));
  const off = magic.rules.filter((rule) => !isOn(rule)).map(({ id }) => unjudged(view.sayOf(id).suppressions));
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
  const remembering = new Set<string>(magic.rules.filter(({ needs }) => isRemembering(needs)).map(({ id }) => id));
  const isOfCommit = ({ ruleId }: { ruleId: string }) => !remembering.has(ruleId);
  const binding = findings.filter(isOfCommit);
  const cap = mean === null ? null : capFor(binding);
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
    status: statusFor({
      score,
      coverage,
      hasCritical: binding.some(({ severity }) => severity === 'critical'),
      rules: rules.filter(isOfCommit),
    }),
    score,
    coverage,
    cap: isCapped ? cap : null,
    subScores,
    rules,
    findings,
    suppressed: runs.flatMap((run) => run.suppressed).sort(byPlace),
    suppressions: [...runs.map(({ uses }) => uses), ...off].flat().sort(bySuppressionPlace),
    words: magic.rules.flatMap((rule) => addedWords(rule, policy, view.sayOf(rule.id))),
    ignored: view.ignored,
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
  /** Those that weigh, the gravest first. */
  findings: Finding[];
  suppressed: SuppressedFinding[];
  uses: SuppressionUse[];
}

/** A rule from which ignored paths would hide what the team enforces is judged as if nothing was ignored. */
function judgeRule(
  rule: Rule,
  { shared, facts }: { shared: Facts; facts: Facts },
  policy: Policy,
  { isIgnored, sayOf }: RepositoryView,
): RuleRun {
  const say = sayOf(rule.id);
  if (!isIgnored || isEnforced(policy, rule.id)) return runRule(rule, shared, policy, say);
  const whole = runUncut(rule, shared, policy, say);
  const part = runUncut(rule, facts, policy, say);
  const known = new Set(part.findings.map(({ fingerprint }) => fingerprint));
  const { enforcedSeverities } = policy.repository;
  const isHidden = whole.findings.some(
    ({ fingerprint, severity }) => enforcedSeverities.includes(severity) && !known.has(fingerprint),
  );
  return cut(isHidden ? whole : part);
}

/** Runs one rule; a rule that throws is an `error` and never stops the others. */
export function runRule(rule: Rule, facts: Facts, policy: Policy, say: RepositorySay = NO_SAY): RuleRun {
  return cut(runUncut(rule, facts, policy, say));
}

function cut(run: RuleRun): RuleRun {
  const keep = <Item>(items: readonly Item[]) => items.slice(0, MAX_FINDINGS_PER_RULE);
  return { ...run, findings: keep(run.findings), suppressed: keep(run.suppressed) };
}

function runUncut(rule: Rule, facts: Facts, policy: Policy, say: RepositorySay): RuleRun {
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
    suppressed: 0,
    reason: null,
    metrics: {},
  };
  const silent = (said: Partial<RuleResult>) => silentRun({ ...empty, ...said }, say);
  const missing = rule.needs.find((name) => facts[name] === null);
  if (missing) return silent({ outcome: 'not-available', reason: missingReason(missing, facts) });

  try {
    const { options } = optionsFor(rule, policy, say);
    const { raw, returned } = collect(
      rule.check(facts as BaseFacts & FactTables, options, { limits, repository: policy.repository }),
    );
    if (returned && 'outcome' in returned) {
      const unread = returned.reason === 'no-subjects' ? unreadTestFiles(rule, facts) : 0;
      if (unread > 0) return silent(notRecognised(unread));
      const reason = { id: returned.reason, data: returned.data ?? {} };
      return silent({ outcome: returned.outcome, reason, metrics: returned.metrics ?? {} });
    }
    return settleRule(rule, facts, policy, empty, raw, returned ?? null, say);
  } catch (error) {
    const data = { error: error instanceof Error ? error.message.slice(0, MAX_EVIDENCE) : 'unknown' };
    return silent({ outcome: 'error', reason: { id: 'threw', data } });
  }
}

/** The team's options, and the words a repository may add. More than an option holds are not added. */
function optionsFor(rule: Rule, policy: Policy, { words }: RepositorySay): { options: unknown; added: string[] } {
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

function addedWords(rule: Rule, policy: Policy, say: RepositorySay): AddedWords[] {
  const asked = Object.entries(say.words).sort(([a], [b]) => compareText(a, b));
  if (asked.length === 0) return [];
  const isOn = policy.rules[rule.id]?.isEnabled !== false;
  const { added } = optionsFor(rule, policy, say);
  return asked.map(([option, words]) => ({
    ruleId: rule.id,
    option,
    words,
    isInEffect: isOn && added.includes(option),
  }));
}

function silentRun(result: RuleResult, say: RepositorySay): RuleRun {
  return { result, findings: [], suppressed: [], uses: unjudged(say.suppressions) };
}

function settleRule(
  rule: Rule,
  facts: Facts,
  policy: Policy,
  empty: RuleResult,
  raw: readonly RawFinding[],
  measure: Measure | null,
  say: RepositorySay,
): RuleRun {
  const limits = rule.limits ? effectiveLimits(rule.limits, policy.strictness) : null;
  const isWithin = (value: number | null) =>
    rule.report === 'beyond-limit' && limits !== null && value !== null && !isBeyond(value, limits);
  const found = measure ?? (rule.limits ? measureFindings(rule.limits, raw.length, facts.totals) : null);
  const sorted = [...raw].sort(byRawPlace);
  const reported = isWithin(finiteOf(found)) ? [] : toFindings(rule, sorted, policy.rules[rule.id]?.severity);
  const { open, suppressed, uses } = suppressFindings(reported, say.suppressions, policy.repository);
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
  if (unread > 0) return silentRun({ ...empty, ...notRecognised(unread) }, say);
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

function finiteOf(measured: Measure | null): number | null {
  return measured && Number.isFinite(measured.value) ? measured.value : null;
}

function weightOf(raw: readonly RawFinding[]): number {
  return raw.reduce((sum, { weight = 1 }) => sum + weight, 0);
}

/** What the rule would have returned without the findings that are let stand, where its value is made of findings. */
function withoutReleased(
  { limits }: Rule,
  measured: Measure,
  { all, released }: { all: number; released: number },
  totals: Totals,
): Measure {
  if (!limits || released === 0) return measured;
  const { value, population } = measured;
  if (limits.per !== 'measure') {
    const unit = population ?? 1 / measureFindings(limits, 1, totals).value;
    const left = value * unit - released;
    return { ...measured, value: left < SAME_COUNT ? 0 : left / unit };
  }
  if (!population) return measured;
  const isMissed = limits.good < limits.bad;
  const missed = isMissed ? value : 1 - value;
  if (Math.abs(missed * population - all) > SAME_COUNT) return measured;
  const left = (all - released) / population;
  return { ...measured, value: isMissed ? left : 1 - left };
}

/** A share times its population is a count again, but for rounding. */
const SAME_COUNT = 1e-6;

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
  return raw.map((finding) => {
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
