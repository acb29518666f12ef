'use client';

import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { CopyableCode } from '@/components/layout/CopyableCode';
import { EmptyState } from '@/components/layout/EmptyState';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { PhoneBack } from '@/components/layout/PhoneBack';
import type { ImportList } from '@/lib/schemas/imports';
import { ImportRow } from './ImportRow';
import { ImportUpload } from './ImportUpload';

interface ImportsViewProps {
  projectId: string;
  /** Of the newest audit, where there is one. */
  commit: string | null;
  canSend: boolean;
}

/** Sends a report of another tool, and lists those that came, newest first. */
export function ImportsView({ projectId, commit, canSend }: ImportsViewProps) {
  const t = useMessages();
  const words = t.imports;
  const query = useQuery({
    queryKey: queryKeys.imports(projectId),
    queryFn: ({ signal }) => callApi<ImportList>(`/projects/${projectId}/imports`, { signal }),
  });
  const origin = useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => '',
  );
  const items = query.data?.items ?? [];
  const address = `${origin}/api/v1/projects/${projectId}/imports?commit=$(git rev-parse HEAD)`;
  const command = `curl --fail-with-body -X POST -H "Authorization: Bearer $ELDER_TOKEN" --data-binary @report.sarif "${address}"`;
  return (
    <>
      <PhoneBack href={`/projects/${projectId}/findings`}>{t.findings.title}</PhoneBack>
      <PageHeader title={words.title} lead={words.lead} />
      <Box sx={{ display: 'grid', gap: 4, maxWidth: 960, '& > *': { minWidth: 0 } }}>
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {canSend ? <ImportUpload projectId={projectId} commit={commit} /> : <Note>{words.upload.viewer}</Note>}
        <Panel title={words.list} headingId="import-list" isFlush>
          {query.data && items.length === 0 && <EmptyState title={words.none} />}
          {items.length > 0 && (
            <Box component="ul" aria-label={words.list}>
              {items.map((one) => (
                <ImportRow key={one.importId} item={one} />
              ))}
            </Box>
          )}
        </Panel>
        <Panel title={words.pipeline} headingId="import-pipeline">
          <Box component="p" sx={{ mb: 3, color: 'text.secondary' }}>
            {words.how}
          </Box>
          <CopyableCode value={command} label={words.command} isSmall />
        </Panel>
      </Box>
    </>
  );
}
