'use client';

import Box from '@mui/material/Box';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { callApi, queryString } from '@/components/api/client';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { ListFrame } from '@/components/layout/ListFrame';
import type { VersionPage } from '@/lib/schemas/configuration';
import { VERSIONS_A_PAGE } from './page-size';
import { VersionRow } from './VersionRow';
import type { VersionsOwner } from './versions-owner';

/** Every version, newest first; the one that the address names is open. */
export function VersionsList({ owner, label, empty }: { owner: VersionsOwner; label: string; empty: string }) {
  const t = useMessages();
  const shown = Number(useSearchParams().get('version') ?? 0);
  const query = useInfiniteQuery({
    queryKey: owner.keys.history,
    queryFn: ({ pageParam, signal }) =>
      callApi<VersionPage>(`${owner.address}/history${queryString({ limit: VERSIONS_A_PAGE, cursor: pageParam })}`, {
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
  const versions = query.data?.pages.flatMap((page) => page.items);
  return (
    <ListFrame query={query} more={t.policy.history.more}>
      {versions?.length === 0 && <EmptyState title={empty} />}
      {versions && versions.length > 0 && (
        <Box component="ul" aria-label={label}>
          {versions.map((version) => (
            <VersionRow key={version.version} owner={owner} version={version} isOpen={version.version === shown} />
          ))}
        </Box>
      )}
    </ListFrame>
  );
}
