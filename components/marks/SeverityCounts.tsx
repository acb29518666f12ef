import Box from '@mui/material/Box';
import type { Messages } from '@/lib/i18n/messages';
import { SEVERITIES, type Severity } from '@/lib/magics/types';
import type { Counts } from '@/lib/schemas/common';
import { SeverityMark } from './SeverityMark';

interface SeverityCountsProps {
  counts: Counts;
  t: Messages;
  /** Severities shown; those with a count of 0 stay away. */
  only?: readonly Severity[];
  /** Severities a narrow table may drop. */
  hideWhenNarrow?: { severities: readonly Severity[]; under: string };
  hasWords?: boolean;
}

/** Mark and count by severity; the word is the label where space is short. */
export function SeverityCounts({
  counts,
  t,
  only = SEVERITIES,
  hideWhenNarrow,
  hasWords = false,
}: SeverityCountsProps) {
  const shown = only.filter((severity) => (counts[severity] ?? 0) > 0);
  if (shown.length === 0) return <Box sx={{ color: 'elder.text3', fontSize: '0.75rem' }}>{t.common.none}</Box>;
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', verticalAlign: 'middle', gap: '10px' }}>
      {shown.map((severity) => (
        <Count
          key={severity}
          severity={severity}
          count={counts[severity] ?? 0}
          t={t}
          hasWord={hasWords}
          hiddenUnder={hideWhenNarrow?.severities.includes(severity) ? hideWhenNarrow.under : undefined}
        />
      ))}
    </Box>
  );
}

interface CountProps {
  severity: Severity;
  count: number;
  t: Messages;
  hasWord: boolean;
  hiddenUnder: string | undefined;
}

function Count({ severity, count, t, hasWord, hiddenUnder }: CountProps) {
  const isCritical = severity === 'critical';
  const word = t.common.severity[severity];
  return (
    <Box
      component="span"
      title={hasWord ? undefined : word}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: '5px',
        fontSize: '0.75rem',
        fontWeight: 500,
        whiteSpace: 'nowrap',
        ...(isCritical && {
          height: 20,
          pl: '5px',
          pr: '6px',
          borderRadius: '4px',
          bgcolor: 'elder.crit',
          color: 'elder.onCrit',
        }),
        ...(hiddenUnder && { [`@media (max-width: ${hiddenUnder})`]: { display: 'none' } }),
      }}
    >
      <SeverityMark
        severity={severity}
        isOnChip={isCritical}
        size={isCritical ? 12 : 13}
        label={hasWord ? undefined : word}
      />
      {hasWord && `${word} `}
      {count}
    </Box>
  );
}
