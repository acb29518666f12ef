'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import { useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { NAME_ON_WIDE } from './name-on-wide';
import { PersonMenuItems } from './PersonMenuItems';
import { useShell } from './shell-context';

/** Who is signed in; opens shortcuts, help and sign-out. */
export function PersonMenu() {
  const t = useMessages();
  const { user } = useShell();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <ButtonBase
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={BUTTON}
      >
        <Box component="span" aria-hidden sx={AVATAR}>
          {initials(user.name)}
        </Box>
        <Box component="span" sx={{ ...NAME_ON_WIDE, flex: { lg: 1 } }}>
          {user.name}
          <span className="elder-hidden">{t.shell.person.menu}</span>
        </Box>
        <Box component="span" sx={{ display: { md: 'none', lg: 'block' }, color: 'text.secondary' }}>
          <Icon name="dots" />
        </Box>
      </ButtonBase>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <Box component="li" role="none" sx={{ px: '10px', py: 1, typography: 'body2', color: 'elder.text3' }}>
          {user.email}
        </Box>
        <Divider component="li" role="none" sx={{ my: '4px !important' }} />
        <PersonMenuItems onDone={() => setAnchor(null)} />
      </Menu>
    </>
  );
}

/** Two letters of a Latin name, one of a name in kanji or kana. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const isLatin = /^\p{Script=Latin}/u.test(name.trim());
  const letters = isLatin && words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}

const BUTTON = {
  position: 'relative',
  display: 'flex',
  alignItems: 'center',
  justifyContent: { md: 'center', lg: 'flex-start' },
  gap: 2,
  width: '100%',
  minHeight: 32,
  px: { lg: 2 },
  borderRadius: '6px',
  fontSize: '0.8125rem',
  '&:hover': { bgcolor: 'elder.hover' },
} as const;

const AVATAR = {
  display: 'grid',
  placeItems: 'center',
  flex: 'none',
  width: 22,
  height: 22,
  borderRadius: '50%',
  bgcolor: 'elder.sunken',
  border: 1,
  borderColor: 'divider',
  color: 'text.secondary',
  fontSize: '0.625rem',
  lineHeight: 1,
  fontWeight: 600,
} as const;
