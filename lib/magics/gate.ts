import type { Policy } from './policy';
import type { MessageData, Severity } from './types';

export type Gate = 'passed' | 'warning' | 'failed';

/** Less of the weight judged than this is no ground for a pass. */
export const ENOUGH_COVERAGE = 0.5;

interface GateFacts {
  health: number | null;
  /** Share of the weight of what was asked that could be judged, 0–1. */
  coverage: number;
  newCounts: Record<Severity, number>;
  /** Magics that were asked and could not answer. */
  missingMagics: readonly string[];
  /** Magics whose status is failed, whatever the mean says. */
  failedMagics: readonly string[];
  /** No audit before it: all findings count as existing. */
  isFirst?: boolean;
  /** How many magics the policy asks and this audit left out: the verdict is not about them. */
  leftOut?: number;
}

interface Reason {
  id: string;
  data: MessageData;
}

/** The verdict on an audit with all its reasons, the gravest first. What is missing never passes. */
export function judgeGate(
  gate: Policy['gate'],
  facts: GateFacts,
): { gate: Gate; reason: Reason & { also?: readonly Reason[] } } {
  const failing = failingReasons(gate, facts);
  const [first, ...also] = [...failing, ...warningReasons(gate, facts)];
  const { health, leftOut = 0, isFirst = false } = facts;
  const about: MessageData = { ...(leftOut > 0 && { leftOut }), ...(isFirst && { isFirst: 1 }) };
  if (!first) {
    const asked = { health: health ?? 0, limit: gate.warnUnder, high: gate.maxNewHigh };
    return { gate: 'passed', reason: { id: 'all-met', data: { ...asked, ...about } } };
  }
  const reason = { id: first.id, data: { ...first.data, ...about } };
  return { gate: failing.length > 0 ? 'failed' : 'warning', reason: also.length > 0 ? { ...reason, also } : reason };
}

function failingReasons(gate: Policy['gate'], { health, newCounts }: GateFacts): Reason[] {
  const reasons: Reason[] = [];
  if (newCounts.critical > gate.maxNewCritical) {
    reasons.push({ id: 'new-critical', data: { count: newCounts.critical, limit: gate.maxNewCritical } });
  }
  if (newCounts.high > gate.maxNewHigh) {
    reasons.push({ id: 'new-high', data: { count: newCounts.high, limit: gate.maxNewHigh } });
  }
  if (health !== null && health < gate.failUnder) {
    reasons.push({ id: 'health-under', data: { health, limit: gate.failUnder } });
  }
  return reasons;
}

function warningReasons(gate: Policy['gate'], { health, coverage, missingMagics, failedMagics }: GateFacts): Reason[] {
  const reasons: Reason[] = [];
  if (missingMagics.length > 0) {
    reasons.push({ id: 'incomplete', data: { count: missingMagics.length, magics: missingMagics.join(', ') } });
  }
  if (health === null) reasons.push({ id: 'nothing-judged', data: {} });
  else if (coverage < ENOUGH_COVERAGE) {
    reasons.push({ id: 'little-judged', data: { share: Math.round(coverage * 100) } });
  }
  if (health !== null && health >= gate.failUnder && health < gate.warnUnder) {
    reasons.push({ id: 'health-near', data: { health, limit: gate.warnUnder } });
  }
  if (failedMagics.length > 0) {
    reasons.push({ id: 'magic-failed', data: { count: failedMagics.length, magics: failedMagics.join(', ') } });
  }
  return reasons;
}
