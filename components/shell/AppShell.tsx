'use client';

import Box from '@mui/material/Box';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { LiveBridge } from '@/components/live/LiveBridge';
import { useAuditUpdates } from '@/components/live/use-audit-updates';
import { BottomBar } from './BottomBar';
import { HelpDialog } from './HelpDialog';
import { Palette } from './Palette';
import { SideBar } from './SideBar';
import { ShellContext, type ShellTeam } from './shell-context';
import { useShortcuts } from './use-shortcuts';

interface AppShellProps {
  user: { id: string; name: string; email: string };
  teams: ShellTeam[];
  team: ShellTeam;
  ownsInstance: boolean;
  children: ReactNode;
}

/** Navigation around every page of a signed-in person; a page draws its own top bar with `Page`. */
export function AppShell({ user, teams, team, ownsInstance, children }: AppShellProps) {
  const t = useMessages();
  const [dialog, setDialog] = useState<'palette' | 'help' | null>(null);
  const openPalette = useCallback(() => setDialog('palette'), []);
  const openHelp = useCallback(() => setDialog('help'), []);
  const close = useCallback(() => setDialog(null), []);
  const shell = useMemo(
    () => ({ user, teams, team, ownsInstance, openPalette, openHelp }),
    [user, teams, team, ownsInstance, openPalette, openHelp],
  );
  useShortcuts({ team, ownsInstance, openPalette, openHelp });
  useAuditUpdates({ teamId: team.id });

  return (
    <ShellContext value={shell}>
      <LiveBridge />
      <Box component="a" href="#main" sx={SKIP}>
        {t.shell.skip}
      </Box>
      <Box sx={GRID}>
        <SideBar />
        <Box sx={{ minWidth: 0, display: 'flex', flexDirection: 'column', pb: { xs: '60px', md: 0 } }}>{children}</Box>
      </Box>
      <BottomBar />
      <Palette isOpen={dialog === 'palette'} onClose={close} />
      <HelpDialog isOpen={dialog === 'help'} onClose={close} />
    </ShellContext>
  );
}

const GRID = {
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '56px minmax(0, 1fr)', lg: '216px minmax(0, 1fr)' },
  minHeight: '100dvh',
} as const;

const SKIP = {
  position: 'fixed',
  zIndex: 'tooltip',
  top: 8,
  left: 8,
  px: 3,
  py: 2,
  borderRadius: '6px',
  bgcolor: 'elder.ink',
  color: 'elder.onInk',
  fontWeight: 500,
  transform: 'translateY(-200%)',
  '&:focus': { transform: 'none' },
} as const;
