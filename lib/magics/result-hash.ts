import { canonicalJson, compareText, sha256 } from './hash';
import type { Policy } from './policy';
import type { MagicResult } from './types';

interface Judged {
  commit: string;
  policy: Policy;
  rulePackVersion: number;
  results: readonly MagicResult[];
}

/** Equal for the same commit, policy and rules on any machine; the order of results does not matter. */
export function resultHash({ commit, policy, rulePackVersion, results }: Judged): string {
  const sorted = [...results].sort((a, b) => compareText(a.magic, b.magic));
  return sha256('elder-result-1', canonicalJson({ commit, policy, rulePackVersion, results: sorted }));
}
