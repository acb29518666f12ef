'use client';

import { useQuery } from '@tanstack/react-query';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import type { InboxCounts } from '@/lib/schemas/findings';
import type { Portfolio } from '@/lib/schemas/projects';
import { useShell } from './shell-context';

const FILTER = { limit: 1 } as const;

/** How many projects the team has, how many findings wait and how many audits run; null until known. */
export function useCounts(): { projects: number | null; waiting: number | null; running: number | null } {
  const { team } = useShell();
  const { data } = useQuery({
    queryKey: queryKeys.portfolioOf(team.id, FILTER),
    queryFn: ({ signal }) => callApi<Portfolio>(`/portfolio${queryString({ ...FILTER, teamId: team.id })}`, { signal }),
  });
  const inbox = useQuery({
    queryKey: queryKeys.inboxCounts(team.id),
    queryFn: ({ signal }) => callApi<InboxCounts>(`/inbox/counts${queryString({ teamId: team.id })}`, { signal }),
  });
  const waiting = inbox.data?.waiting ?? null;
  if (!data) return { projects: null, waiting, running: null };
  return { waiting, projects: data.statusCounts.all ?? data.total, running: data.statusCounts.auditing ?? 0 };
}
