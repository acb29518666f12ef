'use client';

import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import { signOut } from 'next-auth/react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { AppLink } from '@/components/theme/AppLink';
import { useShell } from './shell-context';
import { useSingleKeys } from './single-keys';

/** Shared by the person's menu and the phone's "More". */
export function PersonMenuItems({ onDone }: { onDone: () => void }) {
  const t = useMessages();
  const { openHelp } = useShell();
  const [hasSingleKeys, setSingleKeys] = useSingleKeys();
  return [
    <MenuItem key="account" component={AppLink} href="/account" onClick={onDone}>
      <Icon name="sliders" />
      {t.shell.person.account}
    </MenuItem>,
    <MenuItem
      key="keys"
      role="menuitemcheckbox"
      aria-checked={hasSingleKeys}
      onClick={() => setSingleKeys(!hasSingleKeys)}
    >
      <Icon name="keyboard" />
      {t.shell.person.shortcuts}
      {hasSingleKeys && (
        <Box component="span" sx={{ ml: 'auto', pl: 2 }}>
          <Icon name="check" />
        </Box>
      )}
    </MenuItem>,
    <MenuItem
      key="help"
      onClick={() => {
        onDone();
        openHelp();
      }}
    >
      <Icon name="help" />
      {t.shell.help.title}
    </MenuItem>,
    <MenuItem key="api" component={AppLink} href="/docs/api" onClick={onDone}>
      <Icon name="external" />
      {t.shell.person.api}
    </MenuItem>,
    <MenuItem key="out" onClick={() => void signOut({ callbackUrl: '/sign-in' })}>
      <Icon name="leave" />
      {t.shell.person.signOut}
    </MenuItem>,
  ];
}
