'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Glyph } from '@/components/marks/Glyph';
import { cssToken } from '@/components/theme/tokens';
import type { MagicCard } from '@/lib/schemas/audits';
import { type LedgerColumn, ledgerColumns } from './ledger-columns';
import { reducedWeight } from './reduced-weight';

/** Eight columns: width is weight, height is score, so the filled area is the health. A click explains it. */
export function Ledger({ cards, onExplain }: { cards: readonly MagicCard[]; onExplain: (() => void) | null }) {
  const t = useMessages();
  const format = useFormat();
  const columns = ledgerColumns(cards);
  const label = t.project.health.ledger(
    columns.map(({ card, score, kind }) => {
      const name = t.common.magics[card.magic];
      if (score !== null && kind === 'filled') {
        const reduced = reducedWeight(card);
        const judged = t.project.health.judged(name, format.score(score), format.number(card.weight));
        return reduced ? t.project.health.judgedLittle(judged, format.percent(reduced.counted)) : judged;
      }
      return t.project.health.unjudged(name, t.common.status[card.status].toLowerCase());
    }),
  );
  const drawing = columns.map((column) => <Column key={column.card.magic} column={column} />);
  if (!onExplain) {
    return (
      <Box role="img" aria-label={label} sx={LEDGER}>
        {drawing}
      </Box>
    );
  }
  return (
    <ButtonBase aria-haspopup="dialog" onClick={onExplain} sx={LEDGER}>
      <span className="elder-hidden">{label}</span>
      <Box component="span" aria-hidden sx={DRAWING}>
        {drawing}
      </Box>
    </ButtonBase>
  );
}

function Column({ column: { card, kind, height, score, colour } }: { column: LedgerColumn }) {
  const format = useFormat();
  return (
    <Box component="span" sx={{ flex: `${card.weight} 1 0`, minWidth: 16, display: 'block' }}>
      <Box component="span" sx={TRACK}>
        {kind === 'hatched' && <Box component="span" sx={HATCH} />}
        {kind !== 'hatched' && (
          <span
            style={{
              position: 'absolute',
              insetInlineStart: 0,
              // What was judged of it: so that the filled area is the health.
              width: `${kind === 'filled' ? (100 * card.healthWeight) / card.weight : 100}%`,
              bottom: 0,
              height: `${Math.max(3, height)}%`,
              borderRadius: 3,
              boxSizing: 'border-box',
              transition: 'height 180ms cubic-bezier(.2,0,0,1)',
              ...(kind === 'filled'
                ? {
                    background: `color-mix(in srgb, ${cssToken(colour)} 30%, transparent)`,
                    borderTop: `3.5px solid ${cssToken(colour)}`,
                  }
                : { border: `1.25px dashed ${cssToken(colour)}` }),
            }}
          />
        )}
      </Box>
      <Box component="span" sx={{ ...NUMBER, color: kind === 'filled' ? 'text.primary' : 'elder.text3' }}>
        {score === null ? '–' : format.score(score)}
      </Box>
      <Box component="span" sx={{ display: 'flex', justifyContent: 'center', color: 'text.secondary' }}>
        <Glyph magic={card.magic} />
      </Box>
    </Box>
  );
}

const DRAWING = {
  display: 'flex',
  alignItems: 'flex-start',
  width: '100%',
  gap: '3px',
  textAlign: 'center',
} as const;

const LEDGER = { ...DRAWING, borderRadius: '4px' } as const;

const TRACK = {
  position: 'relative',
  display: 'block',
  height: 84,
  borderRadius: '3px',
  bgcolor: 'elder.track',
  overflow: 'hidden',
} as const;

const HATCH = {
  position: 'absolute',
  inset: 0,
  borderRadius: '3px',
  border: '1.25px dashed',
  borderColor: 'elder.naMark',
  backgroundImage:
    'repeating-linear-gradient(135deg, color-mix(in srgb, var(--mui-palette-elder-naMark) 55%, transparent) 0 1.2px, transparent 1.2px 6px)',
} as const;

const NUMBER = {
  display: 'block',
  mt: '5px',
  mb: '3px',
  fontSize: '0.75rem',
  lineHeight: '1rem',
  fontWeight: 600,
  whiteSpace: 'nowrap',
} as const;
