'use client';

import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import type { OverrideVersionDetail, VersionDetail } from '@/lib/schemas/configuration';
import type { VersionsOwner } from './versions-owner';

/** One version; they never change, so it is read once. */
export function useVersion({ address, keys }: VersionsOwner, version: number) {
  return useQuery({
    queryKey: keys.version(version),
    queryFn: ({ signal }) =>
      callApi<VersionDetail | OverrideVersionDetail>(`${address}/history/${version}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
