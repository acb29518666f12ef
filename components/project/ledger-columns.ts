import type { Token } from '@/components/theme/tokens';
import type { MagicCard } from '@/lib/schemas/audits';
import { statusColour } from './card-words';

export interface LedgerColumn {
  card: MagicCard;
  /** `filled` was judged, `dashed` shows the last score or none, `hatched` ended in an error. */
  kind: 'filled' | 'dashed' | 'hatched' | 'empty';
  /** 0–100. */
  height: number;
  /** What stands under the column. */
  score: number | null;
  colour: Token;
}

/** Columns of the ledger: width is weight, height is score. A magic without weight has no column. */
export function ledgerColumns(cards: readonly MagicCard[]): LedgerColumn[] {
  return cards.filter(({ weight }) => weight > 0).map(toColumn);
}

function toColumn(card: MagicCard): LedgerColumn {
  const { status, score, previousScore } = card;
  if (score !== null) return { card, kind: 'filled', height: score, score, colour: statusColour(status) };
  if (status === 'error') return { card, kind: 'hatched', height: 100, score: null, colour: 'naMark' };
  const isPending = status === 'running' || status === 'waiting';
  if (isPending && previousScore !== null) {
    return { card, kind: 'dashed', height: previousScore, score: previousScore, colour: 'accentMark' };
  }
  return { card, kind: 'empty', height: 100, score: null, colour: isPending ? 'accentMark' : 'naMark' };
}
