'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useLeaveGuard } from '@/components/forms/use-leave-guard';
import { useSettledValue } from '@/components/hooks/use-settled-value';
import type { CheckedConfiguration, ClusterView, ConfigurationChange } from '@/lib/schemas/cluster';
import { type Changes, listChanges } from './form-values';

interface Draft {
  text: string;
  changes: Changes;
  /** Of the configuration it began from. */
  version: number;
}

const SETTLE_MS = 400;

/** A configuration while it is written: as text, with what the form changed over it, and what the server says of both. */
export function useClusterDraft({ version, checked: saved }: ClusterView) {
  const client = useQueryClient();
  const [edited, setEdited] = useState<Draft | null>(null);
  const draft = edited ?? { text: saved.text, changes: {}, version };
  // An empty text is a configuration too: all of it comes from the mode.
  const isChanged =
    edited !== null && (version === 0 || edited.text !== saved.text || Object.keys(edited.changes).length > 0);
  const settled = useSettledValue(edited, SETTLE_MS);
  const body = settled && { text: settled.text, changes: listChanges(settled.changes) };
  const query = useQuery({
    queryKey: queryKeys.clusterCheck(body ?? {}),
    queryFn: ({ signal }) =>
      callApi<CheckedConfiguration>('/cluster/configuration/check', { method: 'POST', body, signal }),
    enabled: body !== null && edited !== null,
    placeholderData: (before) => before,
  });
  useLeaveGuard(isChanged);
  const isSettled = edited === settled && !query.isPlaceholderData && !query.isFetching;
  const checked = edited === null ? saved : (query.data ?? saved);
  return {
    draft,
    checked,
    isChanged,
    /** Whether what is checked is what is on screen. */
    isChecked: edited === null || isSettled,
    error: query.error,
    write: (text: string) => setEdited({ ...draft, text, changes: {} }),
    change: (path: string, value: ConfigurationChange['value']) =>
      setEdited({ ...draft, changes: { ...draft.changes, [path]: value } }),
    /** As text that has what the form changed. */
    settle: () => {
      if (edited && isSettled && query.data) setEdited({ ...draft, text: query.data.text, changes: {} });
    },
    reset: () => {
      setEdited(null);
      client.removeQueries({ queryKey: ['cluster-check'] });
    },
  };
}

export type ClusterDraft = ReturnType<typeof useClusterDraft>;
