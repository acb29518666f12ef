import Box from '@mui/material/Box';
import { Seal } from '@/components/marks/Seal';
import type { Messages } from '@/lib/i18n/messages';
import { LanguageSwitch } from './LanguageSwitch';
import { ThemeSwitch } from './ThemeSwitch';

/** Head of pages that nobody needs to be signed in for: nothing in it leads into the product. */
export function PublicHeader({ t }: { t: Messages }) {
  return (
    <Box component="header" sx={HEAD}>
      <Seal />
      <b>{t.common.product}</b>
      <Box sx={{ ml: 'auto', display: 'flex', alignItems: 'center', gap: '10px' }}>
        <LanguageSwitch />
        <ThemeSwitch />
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
