import { wilson } from './precision';
import { SEVERITIES, type Severity } from './types';

/** What became of a rule's findings in a team's projects. */
export interface VerdictCounts {
  falsePositive: number;
  accepted: number;
  wontFix: number;
  /** Gone from the code, and not as a false positive. */
  fixed: number;
}

export interface TeamPrecision extends VerdictCounts {
  judged: number;
  /** Share of them that held, with the ends of its 95 % interval, 0–1; null for fewer than `MIN_VERDICTS`. */
  share: number | null;
  low: number | null;
  high: number | null;
}

/** With fewer a team has not said enough to change what a rule weighs. */
export const MIN_VERDICTS = 20;
/** Under it a rule is wrong too often. */
export const LEAST_PRECISION = 0.7;
/** Fewer false positives demote no rule: they are less than the share allowed of the fewest verdicts. */
export const FEWEST_FALSE = Math.floor(MIN_VERDICTS * (1 - LEAST_PRECISION)) + 1;

/** How often a rule was right, by what the team said and did: what is accepted or fixed was there. */
export function teamPrecisionOf(counts: VerdictCounts): TeamPrecision {
  const held = counts.accepted + counts.wontFix + counts.fixed;
  const judged = held + counts.falsePositive;
  if (judged < MIN_VERDICTS) return { ...counts, judged, share: null, low: null, high: null };
  return { ...counts, judged, share: held / judged, ...wilson(held, judged) };
}

export function isDemoted(counts: VerdictCounts): boolean {
  const { share } = teamPrecisionOf(counts);
  return share !== null && share < LEAST_PRECISION;
}

/** One severity lower; the lowest stays. */
export function demote(severity: Severity): Severity {
  return SEVERITIES[Math.min(SEVERITIES.length - 1, SEVERITIES.indexOf(severity) + 1)] ?? severity;
}
