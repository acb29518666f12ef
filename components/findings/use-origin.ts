'use client';

import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useSettledValue } from '@/components/hooks/use-settled-value';
import type { FindingView } from '@/lib/schemas/findings';
import type { OriginView } from '@/lib/schemas/triage';

const SETTLE_MS = 120;

/** Where a finding comes from, asked for when it is looked at; null when it is about no line, or not known yet. */
export function useOrigin({ findingId, path, startLine, origin }: FindingView): OriginView | null {
  const isSettled = useSettledValue(findingId, SETTLE_MS) === findingId;
  const { data } = useQuery({
    queryKey: queryKeys.origin(findingId),
    queryFn: ({ signal }) => callApi<OriginView>(`/findings/${findingId}/origin`, { signal }),
    enabled: isSettled && path !== null && startLine !== null,
    staleTime: Number.POSITIVE_INFINITY,
    // An extra: a repository that cannot be read is told beside the code.
    retry: false,
  });
  return data ?? origin;
}
