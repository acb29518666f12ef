'use client';

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import type { FindingPage, FindingView } from '@/lib/schemas/findings';
import { type FindingsFilter, filterQuery } from './filter';
import { FINDINGS_PAGE } from './page-size';

export function useFindings(projectId: string, filter: FindingsFilter) {
  return useInfiniteQuery({
    queryKey: queryKeys.findingsOf(projectId, filterQuery(filter)),
    queryFn: ({ pageParam, signal }) =>
      callApi<FindingPage>(
        `/projects/${projectId}/findings${queryString({ ...filterQuery(filter), limit: FINDINGS_PAGE, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** The chosen finding: from the list, or asked for when the list does not hold it. */
export function useFinding(
  keyOf: (findingId: string) => readonly unknown[],
  findingId: string | null,
  listed: readonly FindingView[],
) {
  const known = listed.find((finding) => finding.findingId === findingId);
  const query = useQuery({
    queryKey: keyOf(findingId ?? ''),
    queryFn: ({ signal }) => callApi<FindingView>(`/findings/${findingId}`, { signal }),
    enabled: findingId !== null && !known,
  });
  return { finding: known ?? query.data ?? null, error: known ? null : query.error };
}
