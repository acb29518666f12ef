import { canonicalJson, compareText, sha256 } from './hash';
import type { Policy } from './policy';
import type { MagicResult } from './types';

interface Judged {
  commit: string;
  policy: Policy;
  rulePackVersion: number;
  results: readonly MagicResult[];
  /** Hash of the coverage report given with the audit; null without one. */
  coverageHash: string | null;
}

/**
 * Equal for the same commit, policy, rules and coverage report given, on any machine; the order of results does not matter. The gate is left out:
 * it judges the result and is no part of it.
 */
export function resultHash({ commit, policy: given, rulePackVersion, results, coverageHash }: Judged): string {
  const { strictness, magics, rules, ignorePaths, repository } = given;
  const policy = { strictness, magics, rules, ignorePaths, repository };
  const sorted = [...results].sort((a, b) => compareText(a.magic, b.magic));
  return sha256(
    'elder-result-1',
    canonicalJson({ commit, policy, rulePackVersion, results: sorted, coverage: coverageHash ?? undefined }),
  );
}
