'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useShell } from './shell-context';
import { rememberTeam } from './use-team';

/** Makes the team of the address the one on screen: a link may lead to another than was chosen last. */
export function ShowTeam({ teamId }: { teamId: string }) {
  const { team } = useShell();
  const router = useRouter();

  useEffect(() => {
    if (team.id === teamId) return;
    rememberTeam(teamId);
    router.refresh();
  }, [router, team.id, teamId]);

  return null;
}
