'use client';

import { useQuery } from '@tanstack/react-query';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import type { Portfolio } from '@/lib/schemas/projects';
import { useShell } from './shell-context';

const FILTER = { limit: 1 } as const;

/** How many projects the team has and how many audits run; null until known. */
export function useCounts(): { projects: number | null; running: number | null } {
  const { team } = useShell();
  const { data } = useQuery({
    queryKey: queryKeys.portfolioOf(team.id, FILTER),
    queryFn: ({ signal }) => callApi<Portfolio>(`/portfolio${queryString({ ...FILTER, teamId: team.id })}`, { signal }),
  });
  if (!data) return { projects: null, running: null };
  return { projects: data.statusCounts.all ?? data.total, running: data.statusCounts.auditing ?? 0 };
}
