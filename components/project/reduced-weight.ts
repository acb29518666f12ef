import type { MagicCard } from '@/lib/schemas/audits';

/** Shares, 0–1: what a magic of little evidence counts of its weight, and what of its rules was judged. */
export interface ReducedWeight {
  counted: number;
  judged: number;
}

/** Null when a magic counts in full, or not at all. */
export function reducedWeight({ score, coverage, weight, healthWeight }: MagicCard): ReducedWeight | null {
  if (score === null || coverage === null || healthWeight >= weight) return null;
  return { counted: healthWeight / weight, judged: coverage };
}
