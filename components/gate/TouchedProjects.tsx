'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { StatusMark } from '@/components/marks/StatusMark';
import type { Touched } from './conditions';

/** The projects that a condition would fail or warn. */
export function TouchedProjects({ touched }: { touched: Touched }) {
  const t = useMessages();
  const format = useFormat();
  const words = t.gate.touched;
  const parts = [
    { status: 'failed', count: touched.failing, text: words.failing },
    { status: 'warning', count: touched.warning, text: words.warning },
    { status: 'inconclusive', count: touched.unknown, text: words.unknown },
  ] as const;
  const told = parts.filter(({ count }) => count > 0);
  return (
    <Box sx={{ display: 'grid', minHeight: 32, alignContent: 'center', typography: 'body2', color: 'text.secondary' }}>
      {told.length === 0 && <Box sx={{ color: 'elder.text3' }}>{words.none}</Box>}
      {told.map(({ status, count, text }) => (
        <Box key={status} sx={{ display: 'flex', alignItems: 'center', gap: '5px' }}>
          <StatusMark status={status} size={12} />
          {text(format.number(count))}
        </Box>
      ))}
    </Box>
  );
}
