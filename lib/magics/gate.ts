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
  /** How many magics the policy asks and this audit left out: the verdict is not about them. */
  leftOut?: number;
}

/** The verdict on an audit, with the sentence that says why. What is missing never passes. */
export function judgeGate(
  gate: Policy['gate'],
  { health, coverage, newCounts, missingMagics, failedMagics, leftOut = 0 }: GateFacts,
): { gate: Gate; reason: { id: string; data: MessageData } } {
  const say = (verdict: Gate, id: string, data: MessageData) => ({
    gate: verdict,
    reason: { id, data: leftOut > 0 ? { ...data, leftOut } : data },
  });
  if (newCounts.critical > gate.maxNewCritical) {
    return say('failed', 'new-critical', { count: newCounts.critical, limit: gate.maxNewCritical });
  }
  if (newCounts.high > gate.maxNewHigh) {
    return say('failed', 'new-high', { count: newCounts.high, limit: gate.maxNewHigh });
  }
  if (health !== null && health < gate.failUnder) {
    return say('failed', 'health-under', { health, limit: gate.failUnder });
  }
  if (missingMagics.length > 0) {
    return say('warning', 'incomplete', { count: missingMagics.length, magics: missingMagics.join(', ') });
  }
  if (health === null) return say('warning', 'nothing-judged', {});
  if (coverage < ENOUGH_COVERAGE) return say('warning', 'little-judged', { share: Math.round(coverage * 100) });
  if (health < gate.warnUnder) return say('warning', 'health-near', { health, limit: gate.warnUnder });
  if (failedMagics.length > 0) {
    return say('warning', 'magic-failed', { count: failedMagics.length, magics: failedMagics.join(', ') });
  }
  return say('passed', 'all-met', { health, limit: gate.warnUnder, high: gate.maxNewHigh });
}
