'use client';

import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { MODES } from '@/components/theme/mode';
import { useMode } from '@/components/theme/use-mode';
import { MODE_ICONS } from './choices';

export function ThemeSwitch() {
  const t = useMessages();
  const [mode, choose] = useMode();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <IconButton
        aria-label={`${t.shell.theme.label}: ${t.shell.theme[mode]}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Icon name={MODE_ICONS[mode]} />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {MODES.map((one) => (
          <MenuItem
            key={one}
            role="menuitemradio"
            aria-checked={one === mode}
            selected={one === mode}
            onClick={() => {
              choose(one);
              setAnchor(null);
            }}
          >
            <Icon name={MODE_ICONS[one]} />
            {t.shell.theme[one]}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
