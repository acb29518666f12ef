import type { GateFacts } from '@/lib/magics/gate';
import type { RuleResult } from '@/lib/magics/types';

const NEW_CODE_RULE = 'tdd/has-new-code-coverage';

/** What the rule about new code says of how much of it tests run. */
export function newCoverageOf(rules: readonly RuleResult[]): GateFacts['newCoverage'] {
  const rule = rules.find(({ ruleId }) => ruleId === NEW_CODE_RULE);
  if (rule?.reason?.id === 'no-new-code') return 'none';
  return rule?.value ?? null;
}
