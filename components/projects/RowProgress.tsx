'use client';

import Box from '@mui/material/Box';
import { Elapsed } from '@/components/i18n/Elapsed';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { StatusMark } from '@/components/marks/StatusMark';
import { ScoreBar } from '@/components/scores/ScoreBar';
import type { AuditProgress } from '@/lib/schemas/audits';
import { viewProgress } from './progress';

/** A running audit in a row: stage, count, clock and bar. On phones all in one line. */
export function RowProgress({ progress, isOneLine = false }: { progress: AuditProgress; isOneLine?: boolean }) {
  const t = useMessages();
  const { stage, done, total, percent, isWaiting, isStranded } = viewProgress(progress);
  const name = isStranded
    ? t.projects.noWorker
    : isWaiting
      ? t.common.status.waiting
      : total > 1
        ? t.common.stageProgress(t.common.stage[stage], done, total)
        : t.common.stage[stage];
  const words = (
    <Box component="span" sx={{ ...WORDS, color: isWaiting || isStranded ? 'text.secondary' : 'elder.accent' }}>
      <StatusMark status={isStranded ? 'warning' : isWaiting ? 'waiting' : 'running'} />
      {name}
    </Box>
  );
  const clock = progress.startedAt && (
    <Box component="span" sx={{ fontSize: '0.75rem', color: 'elder.text3' }}>
      <Elapsed since={progress.startedAt} />
    </Box>
  );
  const bar = <ScoreBar value={percent} colour="accentMark" height={3} />;
  if (isOneLine) {
    return (
      <Box sx={{ display: 'flex', alignItems: 'center', gap: '10px' }}>
        {words}
        <Box sx={{ flex: 1 }}>{bar}</Box>
        {clock}
      </Box>
    );
  }
  return (
    <div>
      <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 2, mb: '4px' }}>
        {words}
        {clock}
      </Box>
      {bar}
    </div>
  );
}

const WORDS = {
  display: 'inline-flex',
  alignItems: 'center',
  gap: '6px',
  fontSize: '0.75rem',
  fontWeight: 500,
  whiteSpace: 'nowrap',
} as const;
