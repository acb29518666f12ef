'use client';

import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { cssToken } from '@/components/theme/tokens';
import type { Heat, HeatStep } from './heat';

const STEPS: readonly HeatStep[] = [1, 2, 3, 4, 5];

/** What area and colour mean. */
export function HeatLegend({ heat, hasUnknown }: { heat: Heat; hasUnknown: boolean }) {
  const t = useMessages();
  return (
    <Box sx={LEGEND}>
      <span>{t.hotspots.legend.area}</span>
      <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: '6px' }}>
        {t.hotspots.legend.low}
        <Box component="span" aria-hidden sx={{ display: 'inline-flex', gap: '2px' }}>
          {STEPS.map((step) => (
            <span key={step} style={{ width: 16, height: 10, borderRadius: 2, background: cssToken(`heat${step}`) }} />
          ))}
        </Box>
        {t.hotspots.legend.high(t.hotspots.heats[heat])}
      </Box>
      {hasUnknown && <span>{t.hotspots.legend.unknown}</span>}
    </Box>
  );
}

const LEGEND = {
  display: 'flex',
  flexWrap: 'wrap',
  gap: '4px 16px',
  typography: 'body2',
  color: 'text.secondary',
  pt: 2,
} as const;
