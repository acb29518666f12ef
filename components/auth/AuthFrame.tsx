import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import type { ReactNode } from 'react';
import { Seal } from '@/components/marks/Seal';
import { LanguageSwitch } from '@/components/shell/LanguageSwitch';
import { ThemeSwitch } from '@/components/shell/ThemeSwitch';
import type { Messages } from '@/lib/i18n/messages';

/** The frame of pages before signing in: mark, one card, language and theme. */
export function AuthFrame({ t, children }: { t: Messages; children: ReactNode }) {
  return (
    <Box sx={{ minHeight: '100dvh', display: 'flex', flexDirection: 'column' }}>
      <Box component="header" sx={HEAD}>
        <Seal />
        <b>{t.common.product}</b>
        <Box sx={{ ml: 'auto', display: 'flex', alignItems: 'center', gap: '10px' }}>
          <LanguageSwitch />
          <ThemeSwitch />
        </Box>
      </Box>
      <Box component="main" id="main" sx={MAIN}>
        <Paper variant="outlined" sx={{ width: '100%', maxWidth: 400, p: { xs: 5, sm: 6 }, borderRadius: '8px' }}>
          {children}
        </Paper>
      </Box>
    </Box>
  );
}

const HEAD = {
  display: 'flex',
  alignItems: 'center',
  gap: '9px',
  height: 52,
  px: { xs: 4, md: 6 },
  fontSize: '0.84375rem',
} as const;

const MAIN = {
  flex: 1,
  display: 'flex',
  alignItems: 'flex-start',
  justifyContent: 'center',
  px: 4,
  pt: '12vh',
  pb: 10,
} as const;
