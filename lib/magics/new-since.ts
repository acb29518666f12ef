import { countBySeverity, noCounts } from './counts';
import type { Finding, RuleResult, Severity } from './types';

interface JudgedBefore {
  rules: readonly RuleResult[];
  findings: readonly Finding[];
  suppressed: readonly Finding[];
  couldTell: (finding: Finding) => boolean;
}

/** Whether a rule could say what there is and what is not. */
export function isDecided({ outcome }: RuleResult): boolean {
  return outcome === 'passed' || outcome === 'failed' || outcome === 'not-applicable';
}

/** Findings that an older audit had not, let stand or not; among what rules judged in both, at paths where they looked then. */
export function listNewSince(old: readonly JudgedBefore[], findings: readonly Finding[]): Finding[] {
  const decided = new Set(old.flatMap(({ rules }) => rules.filter(isDecided).map(({ ruleId }) => ruleId)));
  const known = new Set(
    old.flatMap((one) => [...one.findings, ...one.suppressed].map(({ fingerprint }) => fingerprint)),
  );
  const listed = new Map<string, Finding>();
  for (const finding of findings) {
    const { fingerprint, formerFingerprint, ruleId } = finding;
    const isOld = known.has(fingerprint) || (formerFingerprint !== undefined && known.has(formerFingerprint));
    if (isOld || !decided.has(ruleId) || listed.has(fingerprint)) continue;
    if (old.some(({ couldTell }) => !couldTell(finding))) continue;
    listed.set(fingerprint, finding);
  }
  return [...listed.values()];
}

/** As `listNewSince`, by severity. */
export function countNewSince(old: readonly JudgedBefore[], findings: readonly Finding[]): Record<Severity, number> {
  return countBySeverity(listNewSince(old, findings));
}

/** Findings with these fingerprints, by severity. */
export function countAmong(fingerprints: Iterable<string>, findings: readonly Finding[]): Record<Severity, number> {
  const left = new Set(fingerprints);
  const counts = noCounts();
  for (const { fingerprint, severity } of findings) if (left.delete(fingerprint)) counts[severity] += 1;
  return counts;
}
