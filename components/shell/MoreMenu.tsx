'use client';

import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { useLanguage } from '@/components/i18n/use-language';
import { Icon } from '@/components/marks/Icon';
import { AppLink } from '@/components/theme/AppLink';
import { MODES } from '@/components/theme/mode';
import { useMode } from '@/components/theme/use-mode';
import { LANGUAGES } from '@/lib/magics/types';
import { LANGUAGE_NAMES, MODE_ICONS } from './choices';
import { PersonMenuItems } from './PersonMenuItems';
import { instancePlaces, placeName, teamPlaces } from './places';
import { useShell } from './shell-context';

/** On phones: what the top bar and the side bar hold elsewhere. */
export function MoreMenu({ anchor, onClose }: { anchor: HTMLElement | null; onClose: () => void }) {
  const t = useMessages();
  const { user, team, ownsInstance } = useShell();
  const [language, chooseLanguage] = useLanguage();
  const [mode, chooseMode] = useMode();
  return (
    <Menu anchorEl={anchor} open={anchor !== null} onClose={onClose}>
      <Box component="li" role="none" sx={{ px: '10px', py: 1, typography: 'body2', color: 'elder.text3' }}>
        {user.name}
      </Box>
      {[...teamPlaces(team), ...instancePlaces(ownsInstance)].map((place) => (
        <MenuItem key={place.id} component={AppLink} href={place.href} onClick={onClose}>
          <Icon name={place.icon} />
          {placeName(t, place)}
        </MenuItem>
      ))}
      <Divider component="li" role="none" sx={{ my: '4px !important' }} />
      {LANGUAGES.map((one) => (
        <MenuItem
          key={one}
          lang={one}
          role="menuitemradio"
          aria-checked={one === language}
          selected={one === language}
          onClick={() => {
            onClose();
            chooseLanguage(one);
          }}
        >
          <Icon name="globe" />
          {LANGUAGE_NAMES[one]}
        </MenuItem>
      ))}
      <Divider component="li" role="none" sx={{ my: '4px !important' }} />
      {MODES.map((one) => (
        <MenuItem
          key={one}
          role="menuitemradio"
          aria-checked={one === mode}
          selected={one === mode}
          onClick={() => chooseMode(one)}
        >
          <Icon name={MODE_ICONS[one]} />
          {t.shell.theme[one]}
        </MenuItem>
      ))}
      <Divider component="li" role="none" sx={{ my: '4px !important' }} />
      <PersonMenuItems onDone={onClose} />
    </Menu>
  );
}
