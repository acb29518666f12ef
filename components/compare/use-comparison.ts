'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import type { AuditComparison } from '@/lib/schemas/comparisons';
import { COMPARISON_PAGE } from './page-size';

/** Two audits compared; `change`: what the list of findings is narrowed to, empty for all that changed. */
export function useComparison(fromId: string, toId: string, change: string) {
  return useInfiniteQuery({
    queryKey: queryKeys.comparison(fromId, toId, change),
    queryFn: ({ pageParam, signal }) =>
      callApi<AuditComparison>(
        `/audits/${fromId}/compare/${toId}${queryString({ change, limit: COMPARISON_PAGE, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}
