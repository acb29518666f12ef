import { evaluate } from './evaluate';
import type { Facts } from './facts';
import { magicWeight, type Policy } from './policy';
import { magics, RULE_PACK_VERSION } from './registry';
import { viewRepository } from './repository-view';
import { resultHash } from './result-hash';
import { overallHealth } from './score';
import type { MagicId, MagicResult } from './types';

export interface Judgement {
  results: MagicResult[];
  health: number | null;
  coverage: number;
  resultHash: string;
}

/** Every magic asked for, in the fixed order. Pure. `coverageHash`: of the report given with the audit. */
export function judgeAll(
  facts: Facts,
  policy: Policy,
  ids: readonly MagicId[],
  coverageHash: string | null = null,
): Judgement {
  const view = viewRepository(facts, policy);
  const results = magics
    .filter(({ id }) => ids.includes(id) && policy.magics[id]?.isEnabled !== false)
    .map((magic) => evaluate(magic, facts, policy, view));
  const { score, coverage } = overallHealth(
    results.map((result) => ({
      score: result.score,
      coverage: result.coverage,
      weight: magicWeight(policy, result.magic),
    })),
  );
  return {
    results,
    health: score,
    coverage,
    resultHash: resultHash({ commit: facts.commit, policy, rulePackVersion: RULE_PACK_VERSION, results, coverageHash }),
  };
}
