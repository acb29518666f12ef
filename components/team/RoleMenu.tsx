'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import type { MemberView, TeamRole } from '@/lib/schemas/teams';
import { rolesToGive } from './roles';

interface RoleMenuProps {
  member: MemberView;
  /** Of who looks at it. */
  own: TeamRole;
  isBusy: boolean;
  onChange: (role: TeamRole) => void;
}

/** The role of a member; each choice says what it allows. */
export function RoleMenu({ member, own, isBusy, onChange }: RoleMenuProps) {
  const t = useMessages();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-label={`${t.access.members.roleOf(member.name)}: ${t.access.roles[member.role]}`}
        loading={isBusy}
        endIcon={<Icon name="down" size={13} />}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t.access.roles[member.role]}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {rolesToGive(own, member.kind).map((role) => (
          <MenuItem
            key={role}
            role="menuitemradio"
            aria-checked={role === member.role}
            selected={role === member.role}
            onClick={() => {
              setAnchor(null);
              if (role !== member.role) onChange(role);
            }}
            sx={{ whiteSpace: 'normal', maxWidth: 320 }}
          >
            <Box>
              <Box component="span" sx={{ display: 'block', fontWeight: 500 }}>
                {t.access.roles[role]}
              </Box>
              <Box component="span" sx={{ display: 'block', typography: 'body2', color: 'elder.text3' }}>
                {t.access.roleHelp[role]}
              </Box>
            </Box>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
