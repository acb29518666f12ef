import type { RuleResultView } from '@/lib/schemas/magics';

export const STANDINGS = ['failed', 'warning', 'passed', 'not-evaluated'] as const;
export type Standing = (typeof STANDINGS)[number];

/**
 * Where a rule stands: by its score on the scale of the magics, and never "passed" while it reports something. What had too
 * little to judge was not evaluated, whatever it found.
 */
export function standingOf({
  outcome,
  score,
  isInformational,
}: Pick<RuleResultView, 'outcome' | 'score' | 'isInformational'>): Standing {
  if (isInformational || (outcome !== 'passed' && outcome !== 'failed')) return 'not-evaluated';
  if (score !== null && score < 60) return 'failed';
  return outcome === 'failed' || (score !== null && score < 80) ? 'warning' : 'passed';
}

/** Rules by standing, the most expensive first. */
export function groupRules(rules: readonly RuleResultView[]): { standing: Standing; rules: RuleResultView[] }[] {
  const lost = ({ share, contribution }: RuleResultView) => (share === null ? 0 : share * 100 - (contribution ?? 0));
  return STANDINGS.map((standing) => ({
    standing,
    rules: rules
      .filter((rule) => standingOf(rule) === standing)
      .sort((a, b) => lost(b) - lost(a) || (a.ruleId < b.ruleId ? -1 : 1)),
  })).filter((group) => group.rules.length > 0);
}
