'use client';

import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { ChangeList } from '@/components/policy/ChangeList';
import { toldChanges } from '@/components/policy/told-changes';
import type { VersionDetail } from '@/lib/schemas/configuration';
import { changesOf } from './differences';
import type { VersionsOwner } from './versions-owner';

interface VersionChangesProps {
  owner: VersionsOwner;
  version: number;
}

/** What a version changed; versions never change, so it is read once. */
export function VersionChanges({ owner: { address, keys, options }, version }: VersionChangesProps) {
  const t = useMessages();
  const format = useFormat();
  const query = useQuery({
    queryKey: keys.version(version),
    queryFn: ({ signal }) => callApi<Pick<VersionDetail, 'differences'>>(`${address}/history/${version}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <RowSkeletons rows={2} height={36} />;
  const changes = toldChanges(changesOf(query.data.differences), options, t.policy.parts);
  if (changes.length === 0) return <Box sx={{ color: 'text.secondary' }}>{t.policy.history.same}</Box>;
  return <ChangeList changes={changes} options={options} label={t.policy.history.list(format.number(version))} />;
}
