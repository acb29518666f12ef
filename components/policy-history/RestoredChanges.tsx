'use client';

import Box from '@mui/material/Box';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { ChangeList } from '@/components/policy/ChangeList';
import { toldChanges } from '@/components/policy/told-changes';
import { changesOfRestore } from './differences';
import { useVersion } from './use-version';
import type { VersionsOwner } from './versions-owner';

interface RestoredChangesProps {
  owner: VersionsOwner;
  version: number;
}

/** What a version would change if it were brought back. */
export function RestoredChanges({ owner, version }: RestoredChangesProps) {
  const t = useMessages();
  const format = useFormat();
  const query = useVersion(owner, version);
  const words = t.policy.history;
  const number = format.number(version);
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <RowSkeletons rows={2} height={36} />;
  const changes = toldChanges(changesOfRestore(owner.current, query.data), owner.options, t.policy.parts);
  if (changes.length === 0) return <Box sx={{ color: 'text.secondary' }}>{words.restoreSame(number)}</Box>;
  return <ChangeList changes={changes} options={owner.options} label={words.restoreList(number)} />;
}
