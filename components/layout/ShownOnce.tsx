'use client';

import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { CopyButton } from './CopyButton';

/** A secret or link that nobody can show again. */
export function ShownOnce({ label, value, help }: { label: string; value: string; help: string }) {
  const t = useMessages();
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <p>{help}</p>
      <Box sx={BOX}>
        <Box component="code" sx={{ flex: 1, overflowWrap: 'anywhere' }}>
          {value}
        </Box>
        <CopyButton value={value} label={label} />
      </Box>
      <Box component="p" sx={{ typography: 'body2', color: 'text.secondary' }}>
        {t.access.shownOnce}
      </Box>
    </Box>
  );
}

const BOX = {
  display: 'flex',
  alignItems: 'flex-start',
  gap: 2,
  px: 3,
  py: 2,
  border: 1,
  borderColor: 'divider',
  borderRadius: '6px',
  bgcolor: 'elder.sunken',
} as const;
