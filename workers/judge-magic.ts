import { evaluate } from '@/lib/magics/evaluate';
import type { Facts } from '@/lib/magics/facts';
import type { Policy } from '@/lib/magics/policy';
import { magicOf } from '@/lib/magics/registry';
import { type TeamView, viewRepository } from '@/lib/magics/repository-view';
import type { MagicId, MagicResult } from '@/lib/magics/types';
import { runBounded } from './bounded';

/** Less than the silence after which a worker counts as gone. */
export const MAX_EVALUATION_MS = 10_000;

/** Throws `TimeLimitError` where it takes too long. */
export function judgeMagic(magicId: MagicId, facts: Facts, policy: Policy, team: TeamView): MagicResult {
  return runBounded(
    () => evaluate(magicOf(magicId), facts, policy, viewRepository(facts, policy, team)),
    MAX_EVALUATION_MS,
  );
}
