import { isRemembering } from './fact-names';
import { canonicalJson, compareText, sha256 } from './hash';
import type { Policy } from './policy';
import { findRule } from './registry';
import type { Finding, MagicResult } from './types';

interface Judged {
  commit: string;
  policy: Policy;
  rulePackVersion: number;
  results: readonly MagicResult[];
  /** Hash of the coverage report given with the audit; null without one. */
  coverageHash: string | null;
  /** Hash of the team's verdicts in force; null without any. */
  verdictsHash?: string | null;
  /** Hash of what the Git host said; null where it was not asked. */
  hostEvidenceHash?: string | null;
}

/**
 * Equal for the same commit, policy, rules, advisories, coverage report, verdicts and words of the Git host given, on any machine; the
 * order of results does not matter. Advisories count by what their rules say. The gate is left out: it judges the result and is no part of it. So
 * is what only a server that keeps audits can say.
 */
export function resultHash({
  commit,
  policy: given,
  rulePackVersion,
  results,
  coverageHash,
  verdictsHash,
  hostEvidenceHash,
}: Judged): string {
  const { strictness, focusAreas, magics, rules, ignorePaths, pathRules, ownRules, repository } = given;
  const policy = {
    strictness,
    magics,
    rules,
    ignorePaths,
    repository,
    // Left out while empty: results from before there were such are what they were.
    focusAreas: focusAreas.length > 0 ? focusAreas : undefined,
    pathRules: pathRules.length > 0 ? pathRules : undefined,
    ownRules: ownRules.length > 0 ? ownRules : undefined,
  };
  const sorted = results.map(withoutMemory).sort((a, b) => compareText(a.magic, b.magic));
  return sha256(
    'elder-result-1',
    canonicalJson({
      commit,
      policy,
      rulePackVersion,
      results: sorted,
      coverage: coverageHash ?? undefined,
      verdicts: verdictsHash ?? undefined,
      host: hostEvidenceHash ?? undefined,
    }),
  );
}

function withoutMemory(result: MagicResult): MagicResult {
  const isOfCommit = ({ ruleId }: { ruleId: string }) => !isRemembering(findRule(ruleId)?.needs ?? []);
  const rules = result.rules.filter(isOfCommit);
  const counts = { ...result.counts };
  for (const finding of result.findings) if (!isOfCommit(finding)) counts[finding.severity] -= 1;
  return {
    ...result,
    counts,
    rules,
    metrics: Object.assign({}, ...rules.map(({ metrics }) => metrics)),
    findings: result.findings.filter(isOfCommit).map(withoutFormer),
    suppressed: result.suppressed.filter(isOfCommit).map(withoutFormer),
    suppressions: result.suppressions.filter(isOfCommit),
    skipped: result.skipped.filter(isOfCommit),
  };
}

/** What a file was called in an earlier audit says nothing about the commit. */
function withoutFormer<Known extends Finding>({
  formerFingerprint: _,
  ...finding
}: Known): Omit<Known, 'formerFingerprint'> {
  return finding;
}
