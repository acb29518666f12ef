import { exactParts } from '@/lib/i18n/exact-parts';
import type { MagicDetail, RuleResultView } from '@/lib/schemas/magics';

export interface ScoreSum {
  rows: { rule: RuleResultView; points: number }[];
  /** What the rules add up to. */
  total: number;
  cap: MagicDetail['cap'];
  /** What is shown: the sum, or the cap below it. */
  score: number;
}

/** The rules with the points that the sum shows, so that a rule's own line says the same. */
export function withShownPoints(detail: Pick<MagicDetail, 'rules' | 'cap' | 'card'>): RuleResultView[] {
  const points = new Map(scoreSum(detail)?.rows.map((row) => [row.rule.ruleId, row.points]));
  return detail.rules.map((rule) => ({ ...rule, contribution: points.get(rule.ruleId) ?? rule.contribution }));
}

/** The sum behind a magic's score, largest share first; it ends in the score that is shown. Null without a score. */
export function scoreSum({ rules, cap, card }: Pick<MagicDetail, 'rules' | 'cap' | 'card'>): ScoreSum | null {
  const scored = rules
    .filter(({ contribution }) => contribution !== null)
    .sort((a, b) => (b.share ?? 0) - (a.share ?? 0) || (a.ruleId < b.ruleId ? -1 : 1));
  if (scored.length === 0 || card.score === null) return null;

  const contributions = scored.map(({ contribution }) => contribution ?? 0);
  const total = Math.round(contributions.reduce((sum, points) => sum + points, 0) * 10) / 10;
  const points = exactParts(contributions, total);
  return { rows: scored.map((rule, at) => ({ rule, points: points[at] ?? 0 })), total, cap, score: card.score };
}
