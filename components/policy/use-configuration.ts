'use client';

import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import type { ConfigurationView } from '@/lib/schemas/configuration';

/** What a team decided about its audits; the page brings the first answer. */
export function useConfiguration(teamId: string) {
  return useQuery({
    queryKey: queryKeys.configuration(teamId),
    queryFn: ({ signal }) => callApi<ConfigurationView>(`/teams/${teamId}/configuration`, { signal }),
  });
}
