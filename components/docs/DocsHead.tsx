import Box from '@mui/material/Box';
import { Seal } from '@/components/marks/Seal';
import { LanguageSwitch } from '@/components/shell/LanguageSwitch';
import { ThemeSwitch } from '@/components/shell/ThemeSwitch';
import { AppLink } from '@/components/theme/AppLink';
import type { Messages } from '@/lib/i18n/messages';

/** Over pages for everybody: the way into the product, language and theme. */
export function DocsHead({ t }: { t: Messages }) {
  return (
    <Box component="header" sx={HEAD}>
      <Box component={AppLink} href="/projects" prefetch={false} sx={HOME}>
        <Seal />
        {t.common.product}
      </Box>
      <Box sx={{ ml: 'auto', display: 'flex', alignItems: 'center', gap: '10px' }}>
        <LanguageSwitch />
        <ThemeSwitch />
      </Box>
    </Box>
  );
}

const HEAD = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 16px',
  minHeight: 52,
  px: { xs: 4, md: 6 },
  borderBottom: 1,
  borderColor: 'divider',
} as const;

const HOME = {
  display: 'inline-flex',
  alignItems: 'center',
  gap: '9px',
  minHeight: 44,
  fontSize: '0.84375rem',
  fontWeight: 600,
} as const;
