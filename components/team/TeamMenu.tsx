'use client';

import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import type { TeamRole } from '@/lib/schemas/teams';
import { DeleteTeamDialog } from './DeleteTeamDialog';
import { RenameTeamDialog } from './RenameTeamDialog';

/** What an admin may do with the team itself; an owner may also delete it. */
export function TeamMenu({ team }: { team: { id: string; name: string; role: TeamRole } }) {
  const t = useMessages();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null);
  const open = (which: 'rename' | 'delete') => {
    setAnchor(null);
    setDialog(which);
  };
  const close = () => setDialog(null);
  return (
    <>
      <IconButton
        aria-label={t.access.team.menu}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ width: 36, height: 36 }}
      >
        <Icon name="dots" />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem onClick={() => open('rename')}>
          <Icon name="pencil" />
          {t.access.team.rename}
        </MenuItem>
        {team.role === 'owner' && (
          <MenuItem onClick={() => open('delete')} sx={{ color: 'error.main' }}>
            <Icon name="bin" />
            {t.access.team.delete}
          </MenuItem>
        )}
      </Menu>
      {dialog === 'rename' && <RenameTeamDialog team={team} onClose={close} />}
      {dialog === 'delete' && <DeleteTeamDialog team={team} onClose={close} />}
    </>
  );
}
