'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { useLanguage } from '@/components/i18n/use-language';
import { LANGUAGE_NAMES, LANGUAGE_SHORT } from './choices';

const ORDER = ['ja', 'en'] as const;

export function LanguageSwitch() {
  const t = useMessages();
  const [language, choose] = useLanguage();
  return (
    <Box role="group" aria-label={t.shell.language} sx={GROUP}>
      {ORDER.map((one) => (
        <ButtonBase
          key={one}
          lang={one}
          aria-pressed={one === language}
          title={LANGUAGE_NAMES[one]}
          onClick={() => choose(one)}
          sx={{ ...CHOICE, ...(one === language && CHOSEN) }}
        >
          {LANGUAGE_SHORT[one]}
        </ButtonBase>
      ))}
    </Box>
  );
}

const GROUP = {
  display: 'flex',
  alignItems: 'center',
  height: 30,
  px: '2px',
  border: 1,
  borderColor: 'divider',
  borderRadius: '6px',
  bgcolor: 'background.paper',
} as const;

const CHOICE = {
  minWidth: 24,
  height: 24,
  px: '7px',
  borderRadius: '4px',
  fontSize: '0.75rem',
  color: 'elder.text3',
  whiteSpace: 'nowrap',
  '&:hover': { color: 'text.primary' },
} as const;

const CHOSEN = {
  bgcolor: 'elder.sunken',
  color: 'text.primary',
  fontWeight: 500,
  '[data-theme="dark"] &': { bgcolor: 'elder.track' },
} as const;
