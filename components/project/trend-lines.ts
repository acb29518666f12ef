import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import type { TrendPoint } from '@/lib/schemas/projects';

/** More could not be told apart. */
export const MOST_MAGICS = 4;

/** What tells lines of one colour apart; health is the one without gaps. */
const DASHES = ['7 3', '2 2.5', '10 3 2 3', '4 2 1 2 1 2'] as const;

export interface TrendLine {
  /** A magic, or the health over all. */
  id: MagicId | 'health';
  dash: string | null;
  scores: (number | null)[];
}

/** The magics an address adds to the chart, in their fixed order. */
export function parseLines(value: string | null): MagicId[] {
  const asked = (value ?? '').split(',');
  return MAGIC_IDS.filter((magic) => asked.includes(magic)).slice(0, MOST_MAGICS);
}

export function trendLines(points: readonly TrendPoint[], magics: readonly MagicId[]): TrendLine[] {
  return [
    { id: 'health', dash: null, scores: points.map(({ healthScore }) => healthScore) },
    ...magics.map(
      (id, index): TrendLine => ({
        id,
        dash: DASHES[index] ?? null,
        scores: points.map(({ magics: scores }) => scores[id] ?? null),
      }),
    ),
  ];
}

/** Places as near to the wanted ones as leaves each its room, in the same order; all between `from` and `to` if they fit. */
export function spread(wanted: readonly number[], room: number, from: number, to: number): number[] {
  const order = wanted.map((place, index) => ({ place, index })).sort((a, b) => a.place - b.place);
  const placed: number[] = [];
  for (const { place } of order) placed.push(Math.max(place, (placed.at(-1) ?? from - room) + room));
  let limit = to;
  for (let at = placed.length - 1; at >= 0; at -= 1) {
    placed[at] = Math.max(from, Math.min(placed[at] ?? limit, limit));
    limit = (placed[at] ?? limit) - room;
  }
  const result: number[] = [];
  for (const [at, { index }] of order.entries()) result[index] = placed[at] ?? from;
  return result;
}
