import type { Limits, MagicStatus, RuleResult, Severity } from './types';

const REFERENCE_STRICTNESS = 0.8;
export const CRITICAL_CAP = 49;
export const MANY_HIGH_CAP = 74;
export const MANY_HIGH = 3;

/** Moves `good` away from or towards `bad`: 0.8 keeps the published limit, lower is laxer. */
export function effectiveLimits(limits: Limits, strictness: number): { good: number; bad: number } {
  const [low, high] = limits.range ?? [0, Number.POSITIVE_INFINITY];
  const moved = limits.bad + (limits.good - limits.bad) * (strictness / REFERENCE_STRICTNESS);
  return { good: Math.min(high, Math.max(low, moved)), bad: limits.bad };
}

/** 100 at `good`, 0 at `bad`, linear between. */
export function pointsFor(value: number, { good, bad }: { good: number; bad: number }): number {
  if (good === bad) return value === good ? 100 : 0;
  return Math.min(100, Math.max(0, ((value - bad) / (good - bad)) * 100));
}

export function isBeyond(value: number, { good, bad }: { good: number; bad: number }): boolean {
  return good < bad ? value > good : value < good;
}

/** Weighted mean of what was judged; null when nothing was. */
export function weightedMean(parts: readonly { score: number | null; weight: number }[]): number | null {
  let sum = 0;
  let weights = 0;
  for (const { score, weight } of parts) {
    if (score === null) continue;
    sum += score * weight;
    weights += weight;
  }
  return weights === 0 ? null : sum / weights;
}

interface GroupedPart {
  group: string;
  score: number | null;
  weight: number;
}

/**
 * What each part counts in the mean of its magic: they sum to 1, or are all 0 when nothing was judged. Where groups have
 * weights, parts share their group's, and groups in which nothing was judged leave theirs to the others.
 */
export function sharesOf(
  parts: readonly GroupedPart[],
  groups: readonly { id: string; weight?: number | undefined }[],
): number[] {
  const scored = parts.filter(({ score }) => score !== null);
  const weightIn = (some: readonly GroupedPart[]) => some.reduce((sum, { weight }) => sum + weight, 0);
  if (groups.every(({ weight }) => weight === undefined)) {
    const total = weightIn(scored);
    return parts.map(({ score, weight }) => (score === null || total === 0 ? 0 : weight / total));
  }
  const judged = groups
    .map(({ id, weight }) => ({
      id,
      weight: weight ?? 1,
      within: weightIn(scored.filter(({ group }) => group === id)),
    }))
    .filter(({ within }) => within > 0);
  const total = judged.reduce((sum, { weight }) => sum + weight, 0);
  return parts.map(({ group, score, weight }) => {
    const own = judged.find(({ id }) => id === group);
    return score === null || !own || total === 0 ? 0 : (own.weight / total) * (weight / own.within);
  });
}

/** The mean with these shares; null when nothing was judged. */
export function meanOf(parts: readonly { score: number | null }[], shares: readonly number[]): number | null {
  if (shares.every((share) => share === 0)) return null;
  return parts.reduce((sum, { score }, place) => sum + (score ?? 0) * (shares[place] ?? 0), 0);
}

interface SeverityCount {
  ruleId: string;
  severity: Severity;
}

/**
 * The lowest cap that open findings put on a magic's score; null without one. A critical finding caps whatever else is there.
 * High findings of one rule cap at 74, or at what their rule scores where that is more: its rate knows the size.
 */
export function capFor(
  findings: readonly SeverityCount[],
  rules: readonly { ruleId: string; score: number | null }[],
): { limit: number; ruleId: string } | null {
  const critical = findings.find((finding) => finding.severity === 'critical');
  if (critical) return { limit: CRITICAL_CAP, ruleId: critical.ruleId };
  const high = new Map<string, number>();
  for (const { ruleId, severity } of findings) {
    if (severity === 'high') high.set(ruleId, (high.get(ruleId) ?? 0) + 1);
  }
  let lowest: { limit: number; ruleId: string } | null = null;
  for (const [ruleId, count] of high) {
    if (count <= MANY_HIGH) continue;
    const own = rules.find((rule) => rule.ruleId === ruleId)?.score ?? 0;
    const limit = Math.max(MANY_HIGH_CAP, roundScore(own));
    if (limit < (lowest?.limit ?? 100)) lowest = { limit, ruleId };
  }
  return lowest;
}

/** Less of a magic's weight judged than this is too little to call it passed, and its score says nothing of the whole. */
const ENOUGH_COVERAGE = 0.5;

interface Judged {
  score: number | null;
  /** Share of the weight that was judged, 0–1. */
  coverage: number;
  hasCritical: boolean;
  rules: readonly RuleResult[];
}

export function statusFor({ score, coverage, hasCritical, rules }: Judged): MagicStatus {
  if (score === null) {
    if (rules.some((rule) => rule.outcome === 'inconclusive')) return 'inconclusive';
    return rules.length > 0 && rules.every((rule) => rule.outcome === 'error') ? 'error' : 'not_applicable';
  }
  if (score < 60 || hasCritical) return 'failed';
  if (coverage < ENOUGH_COVERAGE) return 'inconclusive';
  return score < 80 ? 'warning' : 'passed';
}

/** Whether a magic's score is that of a small part. */
export function isLittleJudged({ score, coverage }: Pick<HealthPart, 'score'> & { coverage: number | null }): boolean {
  return score !== null && coverage !== null && coverage < ENOUGH_COVERAGE;
}

export function roundScore(score: number): number {
  return Math.round(score * 10) / 10;
}

/** What a magic weighs in the health: less, the further under half of it was judged, without a step. */
export function weightInHealth(weight: number, coverage: number | null): number {
  return coverage === null ? weight : weight * Math.min(1, coverage / ENOUGH_COVERAGE);
}

/** A magic's part in the health. */
export interface HealthPart {
  score: number | null;
  weight: number;
  /** Share of the magic's own weight that was judged, 0–1. */
  coverage: number | null;
}

/** Health over the magics that have a score, and the share of the weight they stand for. */
export function overallHealth(parts: readonly HealthPart[]): { score: number | null; coverage: number } {
  const counted = parts.map(({ score, weight, coverage }) => ({ score, weight: weightInHealth(weight, coverage) }));
  const mean = weightedMean(counted);
  const all = parts.reduce((sum, part) => sum + part.weight, 0);
  const judged = counted.reduce((sum, part) => sum + (part.score === null ? 0 : part.weight), 0);
  return { score: mean === null ? null : roundScore(mean), coverage: all === 0 ? 0 : judged / all };
}
