'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import type { DependencyPage } from '@/lib/schemas/dependencies';
import { type DependenciesFilter, dependenciesQuery } from './filter';
import { DEPENDENCIES_PAGE } from './page-size';

export function useDependencies(projectId: string, filter: DependenciesFilter) {
  const asked = dependenciesQuery(filter);
  return useInfiniteQuery({
    queryKey: queryKeys.dependenciesOf(projectId, asked),
    queryFn: ({ pageParam, signal }) =>
      callApi<DependencyPage>(
        `/projects/${projectId}/dependencies${queryString({ ...asked, limit: DEPENDENCIES_PAGE, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}
