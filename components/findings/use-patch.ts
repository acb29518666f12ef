'use client';

import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useSettledValue } from '@/components/hooks/use-settled-value';
import type { FindingView, PatchView } from '@/lib/schemas/findings';

const SETTLE_MS = 120;

/** The finding's mechanical fix, made when it is looked at; null when it has none, or none yet. */
export function usePatch(finding: FindingView | null | undefined): { patch: PatchView | null; isPending: boolean } {
  const findingId = finding?.findingId ?? '';
  const isSettled = useSettledValue(findingId, SETTLE_MS) === findingId;
  const isFixable = finding?.isFixable === true;
  const { data, isPending } = useQuery({
    queryKey: queryKeys.patch(findingId),
    queryFn: ({ signal }) => callApi<PatchView>(`/findings/${findingId}/patch`, { signal }),
    enabled: isFixable && isSettled,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { patch: isFixable && data?.patch ? data : null, isPending: isFixable && isPending };
}
