import { exactParts } from '@/lib/i18n/exact-parts';
import type { MagicCard } from '@/lib/schemas/audits';

export interface HealthSum {
  rows: { card: MagicCard; points: number | null }[];
  total: number;
  /** Share of the weight that has a score, 0–1. */
  coverage: number;
}

/** What each magic brings to the health; points add up to the shown total. Null when nothing has a score. */
export function healthSum(cards: readonly MagicCard[], health: number | null): HealthSum | null {
  const judged = cards.filter(({ score }) => score !== null);
  const weight = judged.reduce((sum, { healthWeight }) => sum + healthWeight, 0);
  if (weight === 0 || health === null) return null;

  const points = exactParts(
    judged.map((card) => ((card.score ?? 0) * card.healthWeight) / weight),
    health,
  );
  return {
    rows: cards.map((card) => {
      const at = judged.indexOf(card);
      return { card, points: at < 0 ? null : (points[at] ?? 0) };
    }),
    total: health,
    coverage: weight / cards.reduce((sum, card) => sum + card.weight, 0),
  };
}
