import { isLittleJudged } from '@/lib/magics/score';
import type { Messages } from './messages';

interface Standing {
  status: keyof Messages['common']['status'];
  score: number | null;
  /** Share of the magic's weight that was judged, 0–1. */
  coverage: number | null;
}

/** The word of a magic's status and, where its score is that of a small part, how small. */
export function statusOfMagic(standing: Standing, t: Messages): string {
  const little = littleJudged(standing, t);
  const word = t.common.status[standing.status];
  return little === null ? word : t.common.statusOfPart(word, little);
}

/** How much of a magic was judged, where that is too little for its score; else null. */
export function littleJudged(standing: Pick<Standing, 'score' | 'coverage'>, t: Messages): string | null {
  return isLittleJudged(standing) ? t.common.judgedShare(Math.floor((standing.coverage ?? 0) * 100)) : null;
}
