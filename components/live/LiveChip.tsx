'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { chipState } from './chip-state';
import { useConnection } from './use-audit-updates';

/** "Live" while an audit runs and the connection stands, "No audit running", "Connecting", or "Offline, as of 14:02". */
export function LiveChip({ isRunning }: { isRunning: boolean }) {
  const t = useMessages();
  const format = useFormat();
  const connection = useConnection();
  const says = chipState(connection, isRunning);
  const isLive = says === 'live';
  const since = new Date(connection.asOf || format.now).toISOString();
  const words = t.common.live;
  const help = { live: words.liveHelp, idle: words.idleHelp, connecting: undefined, offline: undefined };
  return (
    <Box
      component="span"
      title={help[says]}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: '6px',
        height: 22,
        px: '7px',
        borderRadius: '4px',
        fontSize: '0.75rem',
        fontWeight: 500,
        whiteSpace: 'nowrap',
        border: 1,
        borderColor: isLive ? 'transparent' : 'divider',
        bgcolor: isLive ? 'elder.accentSoft' : 'background.paper',
        color: isLive ? 'elder.accent' : 'text.secondary',
      }}
    >
      <Box component="span" aria-hidden sx={{ ...DOT, ...(isLive && RING), color: DOT_COLOURS[says] }} />
      {says === 'offline' ? words.offline(format.time(since)) : words[says]}
    </Box>
  );
}

const DOT_COLOURS = {
  live: 'elder.accentMark',
  idle: 'elder.mossMark',
  connecting: 'elder.naMark',
  offline: 'elder.naMark',
} as const;

export const DOT = {
  position: 'relative',
  width: 6,
  height: 6,
  flex: 'none',
  borderRadius: '50%',
  bgcolor: 'currentColor',
} as const;

export const RING = {
  mx: '3px',
  '&::after': {
    content: '""',
    position: 'absolute',
    inset: '-3px',
    borderRadius: '50%',
    border: '1px solid currentColor',
    opacity: 0.45,
  },
} as const;
