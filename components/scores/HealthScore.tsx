import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { bandOf } from '@/lib/i18n/bands';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import { bandColour } from './band';
import { ScoreBar } from './ScoreBar';

interface HealthScoreProps {
  value: number;
  format: Format;
  t: Messages;
  size?: 'row' | 'item' | 'page';
  /** Beside the word: a change, a partial mark. */
  aside?: ReactNode;
  hasBar?: boolean;
}

const SIZES = {
  row: { fontSize: '0.9375rem', lineHeight: '1.25rem', gap: '7px', word: 'var(--elder-meta, 0.75rem)', bar: '4px' },
  item: { fontSize: '1.25rem', lineHeight: '1.625rem', gap: '6px', word: '0.75rem', bar: '3px' },
  page: { fontSize: '2.25rem', lineHeight: '2.5rem', gap: '12px', word: '0.875rem', bar: '8px' },
};

/** Health: number, band word and bar, which always tell the same. */
export function HealthScore({ value, format, t, size = 'row', aside, hasBar = size !== 'page' }: HealthScoreProps) {
  const style = SIZES[size];
  return (
    <div>
      <Box sx={{ display: 'flex', alignItems: 'baseline', gap: style.gap, whiteSpace: 'nowrap' }}>
        <Box
          component="span"
          sx={{
            fontWeight: 600,
            fontSize: style.fontSize,
            lineHeight: style.lineHeight,
            letterSpacing: size === 'page' ? '-0.03em' : 0,
          }}
        >
          {format.score(value)}
        </Box>
        <Box component="span" sx={{ fontSize: style.word, color: size === 'page' ? 'text.primary' : 'text.secondary' }}>
          {t.common.bands[bandOf(value)]}
        </Box>
        {aside}
      </Box>
      {hasBar && (
        <Box sx={{ mt: style.bar }}>
          <ScoreBar value={value} colour={bandColour(value)} />
        </Box>
      )}
    </div>
  );
}
