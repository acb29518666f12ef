'use client';

import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { CopyableCode } from './CopyableCode';

/** A secret or link that nobody can show again. */
export function ShownOnce({ label, value, help }: { label: string; value: string; help: string }) {
  const t = useMessages();
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <p>{help}</p>
      <CopyableCode value={value} label={label} />
      <Box component="p" sx={{ typography: 'body2', color: 'text.secondary' }}>
        {t.access.shownOnce}
      </Box>
    </Box>
  );
}
