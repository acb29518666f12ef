'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { CopyButton } from '@/components/layout/CopyButton';

/** A secret that nobody reads over a shoulder: copied as it is, shown only when asked for. */
export function SecretField({ value, label }: { value: string; label: string }) {
  const words = useMessages().webhooks;
  const [isShown, setShown] = useState(false);
  return (
    <Box sx={BOX}>
      <Box component="code" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        {isShown ? (
          value
        ) : (
          <>
            <span aria-hidden="true">{'•'.repeat(24)}</span>
            <span className="elder-hidden">{words.hidden}</span>
          </>
        )}
      </Box>
      <Button
        size="small"
        aria-label={`${isShown ? words.hide : words.reveal}: ${label}`}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? words.hide : words.reveal}
      </Button>
      <CopyButton value={value} label={label} />
    </Box>
  );
}

const BOX = {
  display: 'flex',
  alignItems: 'center',
  gap: 2,
  px: 3,
  py: 1,
  border: 1,
  borderColor: 'divider',
  borderRadius: '6px',
  bgcolor: 'elder.sunken',
} as const;
