'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { useConnection } from './use-audit-updates';

/** "Live" while an audit runs and the connection stands, "No audit running", or "Offline, as of 14:02". */
export function LiveChip({ isRunning }: { isRunning: boolean }) {
  const t = useMessages();
  const format = useFormat();
  const { state, asOf } = useConnection();
  const isOffline = state === 'offline';
  const isLive = isRunning && !isOffline;
  const since = new Date(asOf || format.now).toISOString();
  const words = t.common.live;
  const text = isOffline ? words.offline(format.time(since)) : isLive ? words.live : words.idle;
  return (
    <Box
      component="span"
      title={isOffline ? undefined : isLive ? words.liveHelp : words.idleHelp}
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
      <Box component="span" aria-hidden sx={{ ...DOT, ...(isLive && RING), color: dotColour(isOffline, isLive) }} />
      {text}
    </Box>
  );
}

function dotColour(isOffline: boolean, isLive: boolean): string {
  if (isOffline) return 'elder.naMark';
  return isLive ? 'elder.accentMark' : 'elder.mossMark';
}

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
