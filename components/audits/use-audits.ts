'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import type { AuditSummary } from '@/lib/schemas/audits';
import { PAGE_SIZE } from './page-size';

interface AuditPage {
  items: AuditSummary[];
  nextCursor: string | null;
}

/** Audits of a project or of a team's projects, newest first. */
export function useAudits(scope: { projectId: string } | { teamId: string }) {
  return useInfiniteQuery({
    queryKey: queryKeys.auditsOf(scope),
    queryFn: ({ pageParam, signal }) =>
      callApi<AuditPage>(`/audits${queryString({ ...scope, limit: PAGE_SIZE, cursor: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}
