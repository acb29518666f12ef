'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ReactNode } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Glyph } from '@/components/marks/Glyph';
import { Icon } from '@/components/marks/Icon';
import { StatusMark } from '@/components/marks/StatusMark';
import { statusOfMagic } from '@/lib/i18n/status-of-magic';
import type { MagicCard } from '@/lib/schemas/audits';
import { isPendingCard } from './card-words';

interface MagicRowProps {
  card: MagicCard;
  projectId: string;
  isOver: boolean;
  children: ReactNode;
}

/** A magic's card on a phone: a row that opens. */
export function MagicRow({ card, projectId, isOver, children }: MagicRowProps) {
  const t = useMessages();
  const format = useFormat();
  const isPending = isPendingCard(card);
  const shown = card.score ?? (isPending && !isOver ? card.previousScore : null);
  return (
    <Box component="details" sx={DETAILS}>
      <Box component="summary" sx={SUMMARY}>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          <Glyph magic={card.magic} size={18} />
        </Box>
        <Box component="span" sx={{ flex: 1, minWidth: 0, fontWeight: 600 }}>
          {t.common.magics[card.magic]}
        </Box>
        <Box component="span" sx={{ fontWeight: 600, color: card.score === null ? 'elder.text3' : 'text.primary' }}>
          {shown === null ? '–' : format.score(shown)}
        </Box>
        {isPending && isOver ? (
          <StatusMark status="not_applicable" label={t.project.cards.notJudged} />
        ) : (
          <StatusMark status={card.status} label={statusOfMagic(card, t)} />
        )}
        <Box component="span" className="turn" sx={{ color: 'elder.text3' }}>
          <Icon name="down" size={14} />
        </Box>
      </Box>
      <Box sx={{ px: 4, pb: 3, display: 'flex', flexDirection: 'column' }}>
        {children}
        <Link href={`/projects/${projectId}/magics/${card.magic}`} sx={OPEN}>
          {t.project.cards.open(t.common.magics[card.magic])}
        </Link>
      </Box>
    </Box>
  );
}

const DETAILS = {
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-of-type': { borderBottom: 0 },
  '&[open] .turn': { transform: 'rotate(180deg)' },
} as const;

const SUMMARY = {
  display: 'flex',
  alignItems: 'center',
  gap: 3,
  minHeight: 48,
  px: 4,
  cursor: 'pointer',
  listStyle: 'none',
  '&::-webkit-details-marker': { display: 'none' },
  '&:focus-visible': { outlineOffset: '-2px' },
} as const;

const OPEN = { display: 'inline-flex', alignItems: 'center', minHeight: 44 } as const;
