'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { MiddleCut } from '@/components/layout/MiddleCut';
import { SeverityCounts } from '@/components/marks/SeverityCounts';
import { Change } from '@/components/scores/Change';
import { MagicStrip } from '@/components/scores/MagicStrip';
import { SparklineChart } from '@/components/scores/SparklineChart';
import { AppLink } from '@/components/theme/AppLink';
import { textOf } from '@/lib/i18n/text-of';
import type { PortfolioRow } from '@/lib/schemas/projects';
import { ArchivedChip } from './ArchivedChip';
import { RowProgress } from './RowProgress';
import { fullStrip, META, PartialChip, RowGate, RowHealth } from './row-parts';
import { shortUrl } from './short-url';
import { LIST_BELOW } from './table-style';

/** The table on a phone: items of four lines, each one link. */
export function ProjectList({ rows }: { rows: readonly PortfolioRow[] }) {
  const t = useMessages();
  return (
    <Box component="ul" aria-label={t.projects.title} sx={LIST}>
      {rows.map((row) => (
        <Item key={row.projectId} row={row} />
      ))}
    </Box>
  );
}

function Item({ row }: { row: PortfolioRow }) {
  const t = useMessages();
  const format = useFormat();
  const hasScore = row.overallHealthScore !== null;
  return (
    <Box component="li" sx={{ borderBottom: 1, borderColor: 'divider', '&:last-of-type': { borderBottom: 0 } }}>
      <Box component={AppLink} href={`/projects/${row.projectId}`} prefetch={false} data-row sx={LINK}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
          <Box component="span" sx={NAME}>
            {row.projectName}
          </Box>
          {row.isArchived && <ArchivedChip />}
          <Box component="span" sx={{ fontSize: '0.75rem' }}>
            <RowGate row={row} isLong />
          </Box>
        </Box>
        <Box sx={{ ...META, fontSize: '0.75rem' }}>
          <MiddleCut>{shortUrl(row.repositoryUrl)}</MiddleCut>
        </Box>
        <Box sx={{ display: 'flex', alignItems: 'flex-end', gap: '14px', mt: '5px' }}>
          <Box sx={{ width: hasScore ? 112 : 'auto', flex: 'none', position: 'relative' }}>
            <RowHealth row={row} size="item" />
            {row.healthChange30d !== null && (
              <Box component="span" sx={{ position: 'absolute', right: 0, top: '5px', fontSize: '0.75rem' }}>
                <Change value={row.healthChange30d} format={format} />
              </Box>
            )}
          </Box>
          <Box sx={{ '@media (max-width: 359.95px)': { display: 'none' } }}>
            <MagicStrip strip={fullStrip(row)} t={t} pitch={14} />
          </Box>
          {row.sparkline.length > 0 && (
            <Box sx={{ ml: 'auto', '@media (max-width: 379.95px)': { display: 'none' } }}>
              <SparklineChart values={row.sparkline} t={t} width={64} />
            </Box>
          )}
        </Box>
        <Box sx={{ mt: 2, minHeight: 20 }}>
          {row.running ? (
            <RowProgress progress={row.running.progress} isOneLine />
          ) : (
            <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 10px' }}>
              <Box component="span" sx={{ ...META, fontSize: '0.75rem' }}>
                {row.lastAuditTime ? <TimeAgo at={row.lastAuditTime} /> : t.common.notAuditedYet}
                {row.lastAudit && ` · ${textOf(t.common.trigger, row.lastAudit.trigger) ?? row.lastAudit.trigger}`}
              </Box>
              <PartialChip row={row} />
              {SHOWN.some((severity) => (row.newCounts[severity] ?? 0) > 0) && (
                <Box component="span" sx={{ ml: 'auto' }}>
                  <SeverityCounts counts={row.newCounts} t={t} only={SHOWN} hasWords />
                </Box>
              )}
            </Box>
          )}
        </Box>
      </Box>
    </Box>
  );
}

const SHOWN = ['critical', 'high', 'medium'] as const;

const LIST = { [`@media (min-width: ${LIST_BELOW}px)`]: { display: 'none' } } as const;

const LINK = {
  display: 'block',
  px: 4,
  pt: '11px',
  pb: '10px',
  '&:focus-visible': {
    outlineOffset: '-2px',
    bgcolor: 'elder.selected',
    boxShadow: 'inset 2px 0 0 var(--mui-palette-elder-accentMark)',
  },
} as const;

const NAME = {
  flex: 1,
  minWidth: 0,
  fontWeight: 600,
  fontSize: '0.9375rem',
  lineHeight: '1.375rem',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
} as const;
