'use client';

import Box from '@mui/material/Box';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { ChangeList } from '@/components/policy/ChangeList';
import { toldChanges } from '@/components/policy/told-changes';
import { changesOf } from './differences';
import { useVersion } from './use-version';
import type { VersionsOwner } from './versions-owner';

interface VersionChangesProps {
  owner: VersionsOwner;
  version: number;
}

/** What a version changed. */
export function VersionChanges({ owner, version }: VersionChangesProps) {
  const t = useMessages();
  const format = useFormat();
  const query = useVersion(owner, version);
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <RowSkeletons rows={2} height={36} />;
  const changes = toldChanges(changesOf(query.data.differences), owner.options, t.policy.parts);
  if (changes.length === 0) return <Box sx={{ color: 'text.secondary' }}>{t.policy.history.same}</Box>;
  return <ChangeList changes={changes} options={owner.options} label={t.policy.history.list(format.number(version))} />;
}
