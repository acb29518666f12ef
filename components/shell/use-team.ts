'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { writeCookie } from '@/components/api/cookies';
import { leaveBy } from '@/components/forms/unsaved-work';

const TEAM_COOKIE = 'elder-team';

export function rememberTeam(teamId: string): void {
  writeCookie(TEAM_COOKIE, teamId);
}

/** Changes the team on screen and goes to its projects: what is open may belong to the other one. */
export function useSwitchTeam(): (teamId: string) => void {
  const router = useRouter();
  const client = useQueryClient();
  return (teamId) =>
    leaveBy(() => {
      rememberTeam(teamId);
      client.clear();
      router.push('/projects');
      router.refresh();
    });
}
