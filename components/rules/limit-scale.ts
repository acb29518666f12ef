import type { Format } from '@/lib/i18n/format';

export interface LimitScale {
  /** Where full points end and no points begin, 0–100 of the drawn width. */
  goodAt: number;
  badAt: number;
  /** More is better when the good value is the higher one. */
  isHigherBetter: boolean;
}

/** Room on both sides of the two limits, so that they are seen as points of a longer line. */
export function limitScale({ good, bad }: { good: number; bad: number }): LimitScale {
  const isHigherBetter = good > bad;
  return isHigherBetter ? { goodAt: 75, badAt: 25, isHigherBetter } : { goodAt: 25, badAt: 75, isHigherBetter };
}

/** `0.015` → `0.015`, `0.2` of a share → `20 %`: shares read better as percentages. */
export function isShare(per: string, { good, bad }: { good: number; bad: number }): boolean {
  return per !== 'kloc' && per !== 'sites' && Math.max(good, bad) <= 1 && (good < 1 || bad < 1);
}

/** A value of a rule in its limits' unit. */
export function limitText(value: number, limits: { per: string; good: number; bad: number }, format: Format): string {
  return isShare(limits.per, limits) ? format.percent(value, 1) : format.number(value, 3);
}
