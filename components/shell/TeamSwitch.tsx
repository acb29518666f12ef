'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { Seal } from '@/components/marks/Seal';
import { CreateTeamDialog } from '@/components/team/CreateTeamDialog';
import { NAME_ON_WIDE } from './name-on-wide';
import { useShell } from './shell-context';
import { useSwitchTeam } from './use-team';

/** The team on screen; opens the others and the way to make one more. */
export function TeamSwitch({ isCompact = false }: { isCompact?: boolean }) {
  const t = useMessages();
  const { team, teams } = useShell();
  const switchTeam = useSwitchTeam();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isCreating, setCreating] = useState(false);
  const style = isCompact ? COMPACT : BOX;
  const content = (
    <>
      {isCompact ? <Seal size={24} /> : <TeamLetter name={team.name} />}
      <Box component="span" sx={isCompact ? COMPACT_NAME : { ...NAME_ON_WIDE, flex: { lg: 1 } }}>
        {team.name}
      </Box>
      <Box component="span" sx={{ color: 'elder.text3', display: isCompact ? 'inline' : { md: 'none', lg: 'inline' } }}>
        <Icon name="updown" size={14} />
      </Box>
    </>
  );
  return (
    <>
      <ButtonBase
        sx={style}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        title={t.shell.team.switch}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {content}
      </ButtonBase>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {teams.map(({ id, name }) => (
          <MenuItem
            key={id}
            selected={id === team.id}
            onClick={() => {
              setAnchor(null);
              if (id !== team.id) switchTeam(id);
            }}
          >
            <TeamLetter name={name} />
            {name}
          </MenuItem>
        ))}
        <Divider component="li" role="none" sx={{ my: '4px !important' }} />
        <MenuItem
          onClick={() => {
            setAnchor(null);
            setCreating(true);
          }}
        >
          <Icon name="plus" />
          {t.access.team.create}
        </MenuItem>
      </Menu>
      {isCreating && <CreateTeamDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function TeamLetter({ name }: { name: string }) {
  return (
    <Box component="span" aria-hidden sx={LETTER}>
      {[...name][0]?.toUpperCase()}
    </Box>
  );
}

const BOX = {
  position: 'relative',
  display: 'flex',
  alignItems: 'center',
  justifyContent: { md: 'center', lg: 'flex-start' },
  gap: 2,
  height: 34,
  width: '100%',
  px: 2,
  border: 1,
  borderColor: 'divider',
  borderRadius: '6px',
  bgcolor: 'background.paper',
  fontWeight: 500,
  fontSize: '0.8125rem',
} as const;

const COMPACT = {
  display: 'flex',
  alignItems: 'center',
  gap: '9px',
  minWidth: 0,
  height: 44,
  fontSize: '0.875rem',
  fontWeight: 600,
  borderRadius: '6px',
} as const;

const COMPACT_NAME = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 } as const;

const LETTER = {
  display: 'grid',
  placeItems: 'center',
  flex: 'none',
  width: 18,
  height: 18,
  borderRadius: '4px',
  bgcolor: 'elder.ink',
  color: 'elder.onInk',
  fontSize: '0.625rem',
  lineHeight: 1,
  fontWeight: 600,
} as const;
