import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import type { ReactNode } from 'react';
import { PublicHeader } from '@/components/shell/PublicHeader';
import type { Messages } from '@/lib/i18n/messages';

/** The frame of pages before signing in: mark, one card, language and theme. */
export function AuthFrame({ t, children }: { t: Messages; children: ReactNode }) {
  return (
    <Box sx={{ minHeight: '100dvh', display: 'flex', flexDirection: 'column' }}>
      <PublicHeader t={t} />
      <Box component="main" id="main" sx={MAIN}>
        <Paper variant="outlined" sx={{ width: '100%', maxWidth: 400, p: { xs: 5, sm: 6 }, borderRadius: '8px' }}>
          {children}
        </Paper>
      </Box>
    </Box>
  );
}

const MAIN = {
  flex: 1,
  display: 'flex',
  alignItems: 'flex-start',
  justifyContent: 'center',
  px: 4,
  pt: '12vh',
  pb: 10,
} as const;
