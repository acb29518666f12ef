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

/** The rules with the points and shares that the sum shows, so that a rule's own line says the same. */
export function withShownPoints(detail: Pick<MagicDetail, 'rules' | 'cap' | 'card'>): RuleResultView[] {
  const shown = new Map(scoreSum(detail)?.rows.map((row) => [row.rule.ruleId, row]));
  return detail.rules.map((rule) => {
    const row = shown.get(rule.ruleId);
    return row ? { ...rule, share: row.rule.share, contribution: row.points } : rule;
  });
}

/** The sum behind a magic's score, largest share first; it ends in the score that is shown. Null without a score. */
export function scoreSum({ rules, cap, card }: Pick<MagicDetail, 'rules' | 'cap' | 'card'>): ScoreSum | null {
  const scored = rules
    .filter(({ contribution }) => contribution !== null)
    .sort((a, b) => (b.share ?? 0) - (a.share ?? 0) || (a.ruleId < b.ruleId ? -1 : 1));
  if (scored.length === 0 || card.score === null) return null;

  const contributions = scored.map(({ contribution }) => contribution ?? 0);
  const total = sumOf(contributions);
  const points = exactParts(contributions, total);
  const shares = scored.map(({ share }) => (share ?? 0) * 100);
  // A share is what was won and what was lost: rounded on its own, full points would be "6.6 of 6.7".
  const lost = shares.map((share, at) => Math.max(0, share - (contributions[at] ?? 0)));
  const shownLost = exactParts(lost, sumOf(shares) - total);
  const rows = scored.map((rule, at) => {
    const won = points[at] ?? 0;
    return { rule: { ...rule, share: sumOf([won, shownLost[at] ?? 0]) / 100 }, points: won };
  });
  return { rows, total, cap, score: card.score };
}

function sumOf(parts: readonly number[]): number {
  return Math.round(parts.reduce((sum, part) => sum + part, 0) * 10) / 10;
}
