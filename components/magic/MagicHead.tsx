'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { KeyHint } from '@/components/layout/KeyHint';
import { PageHeader } from '@/components/layout/PageHeader';
import { Glyph } from '@/components/marks/Glyph';
import { Icon } from '@/components/marks/Icon';
import { SeverityCounts } from '@/components/marks/SeverityCounts';
import { StatusWord } from '@/components/marks/StatusWord';
import { Change } from '@/components/scores/Change';
import { SparklineChart } from '@/components/scores/SparklineChart';
import { isOverlayOpen, isPlainKey } from '@/components/shell/key-guard';
import { hasSingleKeys } from '@/components/shell/single-keys';
import { shownChange } from '@/lib/i18n/shown-change';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';
import type { MagicDetail } from '@/lib/schemas/magics';

/** Name, what it says, score with status, coverage, trend; the neighbours at the right. */
export function MagicHead({
  projectId,
  magic,
  detail,
}: {
  projectId: string;
  magic: MagicId;
  detail: MagicDetail | null;
}) {
  const t = useMessages();
  const format = useFormat();
  return (
    <PageHeader
      title={
        <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: '10px' }}>
          <Box component="span" sx={{ color: 'text.secondary' }}>
            <Glyph magic={magic} size={20} />
          </Box>
          {t.common.magics[magic]}
        </Box>
      }
      aside={detail && <StatusWord status={detail.card.status}>{t.common.status[detail.card.status]}</StatusWord>}
      lead={
        detail && (
          <>
            <p>{detail.magic.says[format.language]}</p>
            <Score detail={detail} />
          </>
        )
      }
      action={<Neighbours projectId={projectId} magic={magic} />}
    />
  );
}

function Score({ detail: { card, trend, auditNumber } }: { detail: MagicDetail }) {
  const t = useMessages();
  const format = useFormat();
  const { score, previousScore, coverage, counts } = card;
  return (
    <Box sx={SCORE}>
      <Box component="span" sx={NUMBER}>
        {score === null ? '–' : format.score(score)}
        {score === null && <small>{t.common.noScore}</small>}
      </Box>
      {score !== null && previousScore !== null && <Change value={shownChange(previousScore, score)} format={format} />}
      <SeverityCounts counts={counts} t={t} hasWords />
      {trend.length > 1 && (
        <span title={t.magic.trend}>
          <SparklineChart values={trend.map((point) => point.score)} t={t} />
        </span>
      )}
      {coverage !== null && <span>{t.magic.coverage(format.percent(coverage))}</span>}
      <span>{t.magic.from(auditNumber)}</span>
    </Box>
  );
}

function Neighbours({ projectId, magic }: { projectId: string; magic: MagicId }) {
  const t = useMessages();
  const router = useRouter();
  const at = MAGIC_IDS.indexOf(magic);
  const count = MAGIC_IDS.length;
  const previous = MAGIC_IDS[(at + count - 1) % count] ?? magic;
  const next = MAGIC_IDS[(at + 1) % count] ?? magic;
  const hrefOf = (id: MagicId) => `/projects/${projectId}/magics/${id}`;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event) || !hasSingleKeys() || isOverlayOpen()) return;
      if (event.key !== '[' && event.key !== ']') return;
      event.preventDefault();
      router.push(`/projects/${projectId}/magics/${event.key === '[' ? previous : next}`);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [router, projectId, previous, next]);

  return (
    <>
      <Button variant="outlined" href={hrefOf(previous)} aria-label={t.magic.previous(t.common.magics[previous])}>
        <Icon name="left" size={14} />
        <Glyph magic={previous} />
        <Box component="span" aria-hidden sx={KEY}>
          <KeyHint>[</KeyHint>
        </Box>
      </Button>
      <Button variant="outlined" href={hrefOf(next)} aria-label={t.magic.next(t.common.magics[next])}>
        <Box component="span" aria-hidden sx={KEY}>
          <KeyHint>]</KeyHint>
        </Box>
        <Glyph magic={next} />
        <Icon name="right" size={14} />
      </Button>
    </>
  );
}

const SCORE = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 16px',
  mt: 2,
  typography: 'body2',
  color: 'text.secondary',
} as const;

const NUMBER = {
  fontSize: '1.5rem',
  lineHeight: '1.75rem',
  fontWeight: 600,
  letterSpacing: '-0.02em',
  color: 'text.primary',
  '& small': {
    ml: 2,
    fontSize: '0.75rem',
    fontWeight: 400,
    letterSpacing: 0,
    color: 'var(--mui-palette-text-secondary)',
  },
} as const;

const KEY = { display: { xs: 'none', md: 'inline' } } as const;
