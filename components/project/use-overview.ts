'use client';

import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useAuditUpdates } from '@/components/live/use-audit-updates';
import type { ProjectOverview } from '@/lib/schemas/projects';

/** A worker that dies sends no event; what it leaves behind is seen by asking. */
export const STILL_THERE_MS = 10_000;

/** The project as it stands, kept right by live updates while it is on screen. */
export function useOverview(projectId: string) {
  const query = useQuery({
    queryKey: queryKeys.overview(projectId),
    queryFn: ({ signal }) => callApi<ProjectOverview>(`/projects/${projectId}/overview`, { signal }),
    refetchInterval: ({ state }) => (state.data?.running || state.data?.pastUnderWay ? STILL_THERE_MS : false),
  });
  const { running, runningSequence } = query.data ?? {};
  useAuditUpdates({
    projectId,
    seed: running && runningSequence != null ? { auditId: running.auditId, sequence: runningSequence } : null,
  });
  return query;
}
