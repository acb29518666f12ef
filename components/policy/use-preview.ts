'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callApi, problemOf } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useSettledValue } from '@/components/hooks/use-settled-value';
import type { Configuration, ConfigurationPreview } from '@/lib/schemas/configuration';
import { type FieldProblems, fieldProblems } from './field-problems';

/** How long edits must pause before projects are judged again. */
const SETTLE_MS = 400;

export interface PreviewOfDraft {
  preview: ConfigurationPreview | undefined;
  /** What is shown belongs to an earlier draft. */
  isUpdating: boolean;
  error: Error | null;
  /** Why the draft cannot be judged at all, by its fields. */
  problems: FieldProblems | null;
  tookMs: number | null;
  retry: () => void;
}

/** What a draft would do to projects; old values stay until new ones are there. `draft` is the body that is sent, the same object as long as nothing changes. */
export function usePreview<Asked extends object>(owner: string, draft: Asked, isWanted: boolean): PreviewOfDraft {
  const settled = useSettledValue(draft, SETTLE_MS);
  const query = useQuery({
    queryKey: queryKeys.policyPreview(owner, settled),
    queryFn: async ({ signal }) => {
      const begin = performance.now();
      const preview = await callApi<ConfigurationPreview>(`${owner}/configuration/preview`, {
        method: 'POST',
        body: settled,
        signal,
      });
      return { preview, tookMs: performance.now() - begin };
    },
    enabled: isWanted,
    placeholderData: keepPreviousData,
    // Each draft is a name of its own: what nobody looks at any more is let go.
    gcTime: 60_000,
    refetchOnWindowFocus: false,
  });
  return {
    preview: query.data?.preview,
    isUpdating: isWanted && (settled !== draft || query.isFetching),
    error: query.error,
    problems: query.error ? fieldProblems(problemOf(query.error).details, Object.values(settled)[0]) : null,
    tookMs: query.data?.tookMs ?? null,
    retry: () => void query.refetch(),
  };
}

/** The same for the configuration of a team. */
export function useTeamPreview(teamId: string, configuration: Configuration, isWanted: boolean): PreviewOfDraft {
  const draft = useMemo(() => ({ configuration }), [configuration]);
  return usePreview(`/teams/${teamId}`, draft, isWanted);
}
