import type { GateRules, NewCode } from './gate-policy';
import { MAGIC_IDS, type MagicId, type MessageData, SEVERITIES, type Severity } from './types';

export type Gate = 'passed' | 'warning' | 'failed';

/** Less of the weight judged than this is no ground for a pass. */
export const ENOUGH_COVERAGE = 0.5;

export const GATE_CONDITIONS = ['health', 'magic', 'findings', 'new-findings', 'new-coverage'] as const;

export interface GateFacts {
  health: number | null;
  /** Share of the weight of what was asked that could be judged, 0–1. */
  coverage: number;
  newCounts: Record<Severity, number>;
  /** Open findings; only asked for when the gate limits them. */
  counts?: Record<Severity, number>;
  /** Scores of the magics that were asked. */
  scores?: ReadonlyMap<MagicId, number | null>;
  /** Share of the new lines that tests run, 0–1; `none`: no line is new; null: no evidence. */
  newCoverage?: number | 'none' | null;
  /** Lines that changed in the new code; null: not known. */
  changedLines?: number | null;
  /** Magics that were asked and could not answer. */
  missingMagics: readonly string[];
  /** Magics whose status is failed, whatever the mean says. */
  failedMagics: readonly string[];
  /** No audit before it: all findings count as existing. */
  isFirst?: boolean;
  /** The audit that stands for where new code begins; null: none was found, so code is new since the previous audit, as without. */
  baseline?: { auditId: string; number: number } | null;
  /** How many magics the policy asks and this audit left out: the verdict is not about them. */
  leftOut?: number;
}

export interface GateSentence {
  id: string;
  data: MessageData;
}

export interface ConditionResult {
  id: (typeof GATE_CONDITIONS)[number];
  magic?: MagicId;
  severity?: Severity;
  /** null: nothing to tell it from. */
  actual: number | null;
  warn: number | null;
  fail: number | null;
  /** `skipped`: the change is small. `unknown`: no evidence, which warns. */
  status: Gate | 'skipped' | 'unknown';
}

export interface GateReason extends GateSentence {
  also?: readonly GateSentence[];
  conditions: readonly ConditionResult[];
  baseline: { since: NewCode['since']; auditId: string | null; number: number | null };
}

/** The verdict on an audit with all its reasons, the gravest first. What is missing never passes. */
export function judgeGate(gate: GateRules, facts: GateFacts): { gate: Gate; reason: GateReason } {
  const conditions = judgeConditions(gate, facts);
  const said = conditions.flatMap((condition) => sentenceOf(condition, facts) ?? []);
  const magicFailed = failedSentence(facts.failedMagics);
  const failing = [
    ...said.filter(({ isFailing }) => isFailing),
    ...(magicFailed && gate.failedMagic === 'failed' ? [magicFailed] : []),
  ];
  const warning = [
    ...missingSentences(facts),
    ...said.filter(({ isFailing }) => !isFailing),
    ...(magicFailed && gate.failedMagic === 'warning' ? [magicFailed] : []),
  ];
  const [first, ...also] = [...failing, ...warning].map(({ id, data }): GateSentence => ({ id, data }));
  const head = first ?? metSentence(gate, facts, conditions.length);
  const { baseline = null } = facts;
  return {
    gate: failing.length > 0 ? 'failed' : warning.length > 0 ? 'warning' : 'passed',
    reason: {
      id: head.id,
      data: { ...head.data, ...circumstances(gate, facts, conditions) },
      ...(also.length > 0 && { also }),
      conditions,
      baseline: {
        since: gate.newCode.since,
        auditId: baseline?.auditId ?? null,
        number: baseline?.number ?? null,
      },
    },
  };
}

type Limits = { warn: number | null; fail: number | null };

const isAsked = (limits: Limits | undefined): limits is Limits =>
  limits !== undefined && (limits.warn !== null || limits.fail !== null);

/** New findings first, as the sentences are told. */
function judgeConditions(gate: GateRules, facts: GateFacts): ConditionResult[] {
  const { newCounts, counts, scores, health, newCoverage = null, changedLines = null } = facts;
  const isSmall = changedLines !== null && changedLines < gate.smallChangeLines;
  const results: ConditionResult[] = [];
  for (const severity of SEVERITIES) {
    const limits = gate.newFindings[severity];
    if (!isAsked(limits)) continue;
    const actual = newCounts[severity];
    const status = isSmall && severity !== 'critical' ? 'skipped' : atMost(actual, limits);
    results.push({ id: 'new-findings', severity, actual, ...limits, status });
  }
  for (const severity of SEVERITIES) {
    const limits = gate.findings[severity];
    if (!isAsked(limits)) continue;
    const actual = counts?.[severity] ?? null;
    results.push({
      id: 'findings',
      severity,
      actual,
      ...limits,
      status: actual === null ? 'unknown' : atMost(actual, limits),
    });
  }
  // A health that could not be told has a sentence of its own.
  if (isAsked(gate.health)) {
    results.push({ id: 'health', actual: health, ...gate.health, status: atLeast(health, gate.health) });
  }
  for (const magic of MAGIC_IDS) {
    const limits = gate.magics[magic];
    const actual = scores?.get(magic);
    if (!isAsked(limits) || actual === undefined) continue;
    results.push({ id: 'magic', magic, actual, ...limits, status: atLeast(actual, limits) });
  }
  if (isAsked(gate.newCoverage)) {
    const actual = newCoverage === 'none' ? null : newCoverage;
    const status = newCoverage === 'none' ? 'passed' : isSmall ? 'skipped' : atLeast(actual, gate.newCoverage);
    results.push({ id: 'new-coverage', actual, ...gate.newCoverage, status });
  }
  return results;
}

function atMost(actual: number, { warn, fail }: Limits): Gate {
  if (fail !== null && actual > fail) return 'failed';
  return warn !== null && actual > warn ? 'warning' : 'passed';
}

function atLeast(actual: number | null, { warn, fail }: Limits): Gate | 'unknown' {
  if (actual === null) return 'unknown';
  if (fail !== null && actual < fail) return 'failed';
  return warn !== null && actual < warn ? 'warning' : 'passed';
}

interface Said extends GateSentence {
  isFailing: boolean;
}

/** Null for what is met, and for what another sentence says. */
function sentenceOf(condition: ConditionResult, { missingMagics }: GateFacts): Said | null {
  const { id, status, actual, severity = '', magic = '' } = condition;
  if (status === 'passed' || status === 'skipped') return null;
  const isFailing = status === 'failed';
  const limit = (isFailing ? condition.fail : condition.warn) ?? 0;
  if (status === 'unknown') {
    if (id === 'health' || missingMagics.includes(magic)) return null;
    return { id: `${id}-unknown`, data: id === 'magic' ? { magics: magic } : {}, isFailing };
  }
  switch (id) {
    case 'new-findings': {
      const isNamed = severity === 'critical' || severity === 'high';
      const data: MessageData = { count: actual ?? 0, limit, ...(!isNamed && { severity }) };
      return { id: isNamed ? `new-${severity}` : id, data, isFailing };
    }
    case 'findings':
      return { id, data: { count: actual ?? 0, limit, severity }, isFailing };
    case 'health':
      return { id: isFailing ? 'health-under' : 'health-near', data: { health: actual ?? 0, limit }, isFailing };
    case 'magic':
      return { id: 'magic-under', data: { magics: magic, score: actual ?? 0, limit }, isFailing };
    case 'new-coverage':
      return { id: 'new-coverage-under', data: { share: percent(actual ?? 0), limit: percent(limit) }, isFailing };
  }
}

/** Rounded down: what is under its limit does not read as if it met it. */
function percent(share: number): number {
  return Math.floor(share * 1000) / 10;
}

function failedSentence(failedMagics: readonly string[]): GateSentence | null {
  if (failedMagics.length === 0) return null;
  return { id: 'magic-failed', data: { count: failedMagics.length, magics: failedMagics.join(', ') } };
}

function missingSentences({ health, coverage, missingMagics }: GateFacts): GateSentence[] {
  const sentences: GateSentence[] = [];
  if (missingMagics.length > 0) {
    sentences.push({ id: 'incomplete', data: { count: missingMagics.length, magics: missingMagics.join(', ') } });
  }
  if (health === null) sentences.push({ id: 'nothing-judged', data: {} });
  else if (coverage < ENOUGH_COVERAGE) {
    sentences.push({ id: 'little-judged', data: { share: Math.round(coverage * 100) } });
  }
  return sentences;
}

/** The usual gate says its limits; any other counts its conditions. */
function metSentence(gate: GateRules, { health }: GateFacts, conditions: number): GateSentence {
  const { critical, high, ...others } = gate.newFindings;
  const limit = gate.health.warn ?? gate.health.fail;
  const isUsual =
    critical?.fail === 0 &&
    high != null &&
    high.fail !== null &&
    limit !== null &&
    gate.failedMagic !== 'ignored' &&
    conditions === 3 &&
    Object.values(others).every((limits) => !isAsked(limits));
  if (isUsual) return { id: 'all-met', data: { health: health ?? 0, limit, high: high.fail ?? 0 } };
  return { id: 'conditions-met', data: { health: health ?? 0, count: conditions } };
}

/** What else there is to know about a verdict. */
function circumstances(gate: GateRules, facts: GateFacts, conditions: readonly ConditionResult[]): MessageData {
  const { leftOut = 0, isFirst = false, baseline, changedLines } = facts;
  const isWithout = baseline === null && !isFirst;
  const isSmall = conditions.some(({ status }) => status === 'skipped');
  return {
    ...(leftOut > 0 && { leftOut }),
    ...(isFirst && { isFirst: 1 }),
    ...(isWithout && { noBaseline: gate.newCode.since }),
    ...(baseline && { baseline: baseline.number }),
    ...(isSmall && { smallLines: changedLines ?? 0 }),
  };
}
