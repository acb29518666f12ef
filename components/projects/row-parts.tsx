'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { StatusMark } from '@/components/marks/StatusMark';
import { StatusWord } from '@/components/marks/StatusWord';
import { HealthScore } from '@/components/scores/HealthScore';
import { textOf } from '@/lib/i18n/text-of';
import { MAGIC_IDS } from '@/lib/magics/types';
import type { PortfolioRow } from '@/lib/schemas/projects';

/** Eight cells always: what was never judged has its dashed place. */
export function fullStrip({ strip }: PortfolioRow): PortfolioRow['strip'] {
  return MAGIC_IDS.map(
    (magic) => strip.find((cell) => cell.magic === magic) ?? { magic, status: 'waiting' as const, score: null },
  );
}

export function RowHealth({ row, size = 'row' }: { row: PortfolioRow; size?: 'row' | 'item' }) {
  const t = useMessages();
  const format = useFormat();
  if (row.overallHealthScore === null) {
    return (
      <Box component="span" sx={{ color: 'elder.text3' }}>
        {row.lastAudit && !row.running ? t.common.noScore : t.common.notAuditedYet}
      </Box>
    );
  }
  return (
    <HealthScore
      value={row.overallHealthScore}
      format={format}
      t={t}
      size={size}
      aside={size === 'row' && <PartialChip row={row} />}
    />
  );
}

/** "7 of 8" when the health leaves a magic out. */
export function PartialChip({ row }: { row: PortfolioRow }) {
  const t = useMessages();
  if (row.overallHealthScore === null || row.magicsJudged >= row.magicsTotal) return null;
  const words = t.common.coverageOf(row.magicsJudged, row.magicsTotal);
  return (
    <Box component="span" sx={CHIP} title={words}>
      <StatusMark status="partial" size={12} label={words} />
      <span aria-hidden className="c-partial">
        {words}
      </span>
    </Box>
  );
}

export function RowGate({ row, isLong = false }: { row: PortfolioRow; isLong?: boolean }) {
  const t = useMessages();
  const words = isLong ? t.projects.gateLong : t.projects.gate;
  if (row.gate === null) {
    return (
      <Box component="span" sx={{ color: 'text.secondary' }}>
        <StatusWord status="not_applicable">{words.none}</StatusWord>
      </Box>
    );
  }
  return <StatusWord status={row.gate}>{words[row.gate]}</StatusWord>;
}

export function RowWhen({ row }: { row: PortfolioRow }) {
  const t = useMessages();
  if (!row.lastAudit) return null;
  const { commitId, trigger, status } = row.lastAudit;
  const isBroken = status === 'failed' || status === 'cancelled';
  return (
    <>
      {row.lastAuditTime && (
        <div>
          <TimeAgo at={row.lastAuditTime} />
        </div>
      )}
      <Box sx={META}>
        {commitId && <code>{commitId.slice(0, 7)}</code>}
        {commitId && ' · '}
        {isBroken ? (
          <Box component="span" sx={{ color: 'text.primary' }}>
            <StatusWord status={status === 'failed' ? 'error' : 'not_applicable'}>
              {t.common.auditStatus[status]}
            </StatusWord>
          </Box>
        ) : (
          (textOf(t.common.trigger, trigger) ?? trigger)
        )}
      </Box>
    </>
  );
}

export const META = {
  fontSize: 'var(--elder-small)',
  lineHeight: 'var(--elder-line-small)',
  color: 'elder.text3',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  '& code': { fontSize: 'inherit' },
} as const;

const CHIP = {
  display: 'inline-flex',
  alignItems: 'center',
  gap: '5px',
  height: 18,
  px: '6px',
  borderRadius: '4px',
  bgcolor: 'elder.sunken',
  color: 'text.secondary',
  fontSize: 'var(--elder-small)',
  fontWeight: 500,
  whiteSpace: 'nowrap',
} as const;
