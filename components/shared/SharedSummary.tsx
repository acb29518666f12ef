'use client';

import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { Glyph } from '@/components/marks/Glyph';
import { SeverityCounts } from '@/components/marks/SeverityCounts';
import { StatusWord } from '@/components/marks/StatusWord';
import { bandOf } from '@/lib/i18n/bands';
import { gateWords } from '@/lib/i18n/gate-words';
import { statusOfMagic } from '@/lib/i18n/status-of-magic';
import type { SharedReport } from '@/lib/schemas/share-links';

/** Health, gate with its reason, counts and each magic. */
export function SharedSummary({ report }: { report: SharedReport }) {
  const t = useMessages();
  const format = useFormat();
  const { healthScore, gate, gateReason, counts, magics, magicsJudged, magicsTotal } = report;
  return (
    <Panel title={t.share.report.summary} headingId="summary" isFlush>
      <Box component="dl" sx={FACTS}>
        <Fact name={t.audit.facts.health}>
          {healthScore === null
            ? t.common.noScore
            : `${format.score(healthScore)} ${t.common.bands[bandOf(healthScore)]}`}
          {magicsJudged < magicsTotal && (
            <Box component="span" sx={{ ml: 2, fontWeight: 400, color: 'text.secondary' }}>
              {t.common.coverageOf(magicsJudged, magicsTotal)}
            </Box>
          )}
        </Fact>
        <Fact name={t.audit.facts.gate}>
          {gate ? <StatusWord status={gate}>{t.common.status[gate]}</StatusWord> : t.share.badge.noVerdict}
          {gate && (
            <Box sx={{ typography: 'body2', fontWeight: 400, color: 'elder.text3' }}>
              {gateWords({ gateReason }, t)}
            </Box>
          )}
        </Fact>
        <Fact name={t.share.report.counts}>
          <SeverityCounts counts={counts} t={t} hasWords />
        </Fact>
      </Box>
      <Box component="ul" aria-label={t.share.report.magics} sx={MAGICS}>
        {magics.map(({ magic, status, score, coverage }) => (
          <Box component="li" key={magic} sx={MAGIC}>
            <Glyph magic={magic} />
            <Box component="span" sx={{ flex: 1, minWidth: 0 }}>
              {t.common.magics[magic]}
            </Box>
            <b>{score === null ? '–' : format.score(score)}</b>
            <Box component="span" sx={{ width: 128, flex: 'none' }}>
              <StatusWord status={status}>{statusOfMagic({ status, score, coverage }, t)}</StatusWord>
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Box component="dt" sx={{ typography: 'body2', color: 'elder.text3' }}>
        {name}
      </Box>
      <Box component="dd" sx={{ m: 0, fontWeight: 500, overflowWrap: 'anywhere' }}>
        {children}
      </Box>
    </div>
  );
}

const FACTS = {
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(min(220px, 100%), 1fr))',
  gap: '12px 24px',
  m: 0,
  px: 4,
  py: 3,
} as const;

const MAGICS = {
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 1fr) minmax(0, 1fr)' },
  columnGap: 6,
  px: 4,
  pb: 3,
} as const;

const MAGIC = {
  display: 'flex',
  alignItems: 'center',
  gap: 2,
  minHeight: 36,
  borderTop: 1,
  borderColor: 'divider',
} as const;
