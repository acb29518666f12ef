import { compareText } from './hash';
import { compilePathGlob } from './path-globs';
import type { Policy } from './policy';
import type {
  Finding,
  RepositorySuppression,
  SuppressedFinding,
  Suppression,
  SuppressionState,
  SuppressionUse,
  TeamSuppression,
} from './types';

/** A suppression before a rule has run. */
export interface AskedSuppression extends RepositorySuppression {
  ruleId: string;
  /** Glob of paths; null for all that the rule reports. */
  target: string | null;
  /** Last line of its comment. */
  endLine: number;
  /** Lines it may speak of besides its own, the nearest first. */
  nextLines: readonly number[];
  standing: 'open' | 'expired' | 'refused';
}

/** The team's verdicts in force, by the fingerprint of their finding. */
export type TeamVerdicts = ReadonlyMap<string, TeamSuppression>;

export const NO_VERDICTS: TeamVerdicts = new Map();

interface Split {
  open: Finding[];
  suppressed: SuppressedFinding[];
  uses: SuppressionUse[];
}

/**
 * Takes out the findings of a rule that the team decided to let stand, and those for which the repository asks and the policy
 * allows it: what a team enforces binds repositories, not the team.
 */
export function suppressFindings(
  findings: readonly Finding[],
  { suppressions: asked, verdicts }: { suppressions: readonly AskedSuppression[]; verdicts: TeamVerdicts },
  { enforcedSeverities }: Policy['repository'],
): Split {
  if (asked.length === 0 && verdicts.size === 0) return { open: [...findings], suppressed: [], uses: [] };
  const byPath = groupByPath(findings);
  const reasons = new Map<Finding, Suppression>();
  for (const finding of findings) {
    const verdict = verdictOf(finding, verdicts);
    if (verdict) reasons.set(finding, verdict);
  }
  const uses = asked.map((one): SuppressionUse => {
    const covered = one.standing === 'open' ? coveredBy(one, findings, byPath) : [];
    const released = covered.filter(({ severity }) => !enforcedSeverities.includes(severity));
    for (const finding of released) if (!reasons.has(finding)) reasons.set(finding, toSuppression(one));
    return toUse(one, stateOf(one, covered.length, released.length), released.length, covered.length - released.length);
  });
  return {
    open: findings.filter((finding) => !reasons.has(finding)),
    suppressed: findings.flatMap((finding) => {
      const suppression = reasons.get(finding);
      return suppression ? [{ ...finding, suppression }] : [];
    }),
    uses,
  };
}

/** Of the finding, or of what it was before its file moved. */
function verdictOf({ fingerprint, formerFingerprint }: Finding, verdicts: TeamVerdicts): TeamSuppression | undefined {
  return verdicts.get(fingerprint) ?? (formerFingerprint === undefined ? undefined : verdicts.get(formerFingerprint));
}

/** What is said of the suppressions of a rule that did not judge. */
export function unjudged(asked: readonly AskedSuppression[]): SuppressionUse[] {
  return asked.map((one) => toUse(one, one.standing === 'open' ? 'not-judged' : one.standing, 0, 0));
}

export function bySuppressionPlace(a: SuppressionUse, b: SuppressionUse): number {
  return compareText(a.path, b.path) || a.line - b.line || compareText(a.ruleId, b.ruleId);
}

function stateOf({ standing }: AskedSuppression, covered: number, released: number): SuppressionState {
  if (standing !== 'open') return standing;
  if (released > 0) return 'used';
  return covered > 0 ? 'refused' : 'unused';
}

function coveredBy(
  one: AskedSuppression,
  findings: readonly Finding[],
  byPath: ReadonlyMap<string, readonly Finding[]>,
): readonly Finding[] {
  if (one.source === 'settings') {
    if (one.target === null) return findings;
    const isMatch = compilePathGlob(one.target);
    return findings.filter(({ path }) => path !== null && isMatch(path));
  }
  const here = byPath.get(one.path) ?? [];
  if (one.source === 'file') return here;
  const own = here.filter(({ startLine }) => startLine !== null && startLine >= one.line && startLine <= one.endLine);
  if (own.length > 0) return own;
  for (const next of one.nextLines) {
    const below = here.filter(({ startLine }) => startLine === next);
    if (below.length > 0) return below;
  }
  return [];
}

function groupByPath(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.path === null) continue;
    const group = groups.get(finding.path);
    if (group) group.push(finding);
    else groups.set(finding.path, [finding]);
  }
  return groups;
}

function toSuppression({ source, path, line, reason, expires }: AskedSuppression): RepositorySuppression {
  return { source, path, line, reason, expires };
}

function toUse(one: AskedSuppression, state: SuppressionState, suppressed: number, kept: number): SuppressionUse {
  return { ...toSuppression(one), ruleId: one.ruleId, target: one.target, state, suppressed, kept };
}
