'use client';

import Box from '@mui/material/Box';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { ChangeList } from '@/components/policy/ChangeList';
import { toldChanges } from '@/components/policy/told-changes';
import { useConfiguration } from '@/components/policy/use-configuration';
import type { PolicyEntry } from './policy-changes';

/** As the history of the policy tells them; names of rules are read once it is opened. */
export function PolicyChangeList({ teamId, entry }: { teamId: string; entry: PolicyEntry }) {
  const t = useMessages();
  const format = useFormat();
  const query = useConfiguration(teamId);
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <RowSkeletons rows={2} height={36} />;
  const options = query.data.availableOptions;
  const changes = toldChanges(entry.changes, options, t.policy.parts);
  if (changes.length === 0) return <Box>{t.policy.history.same}</Box>;
  return <ChangeList changes={changes} options={options} label={t.policy.history.list(format.number(entry.version))} />;
}
