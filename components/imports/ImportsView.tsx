'use client';

import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { CopyableCode } from '@/components/layout/CopyableCode';
import { EmptyState } from '@/components/layout/EmptyState';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import type { ImportList } from '@/lib/schemas/imports';
import { ImportRow } from './ImportRow';

/** Reports of other tools, newest first, and how to send one. */
export function ImportsView({ projectId }: { projectId: string }) {
  const t = useMessages();
  const words = t.imports;
  const query = useQuery({
    queryKey: queryKeys.imports(projectId),
    queryFn: ({ signal }) => callApi<ImportList>(`/projects/${projectId}/imports`, { signal }),
  });
  const items = query.data?.items ?? [];
  const command = `curl --fail-with-body -X POST -H "Authorization: Bearer $ELDER_TOKEN" --data-binary @report.sarif "$ELDER_URL/api/v1/projects/${projectId}/imports?commit=$(git rev-parse HEAD)"`;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <Box sx={{ display: 'grid', gap: 4, maxWidth: 960, '& > *': { minWidth: 0 } }}>
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        <Panel isFlush>
          {query.data && items.length === 0 && <EmptyState title={words.none} />}
          {items.length > 0 && (
            <Box component="ul" aria-label={words.list}>
              {items.map((one) => (
                <ImportRow key={one.importId} item={one} />
              ))}
            </Box>
          )}
        </Panel>
        <Box>
          <Box component="p" sx={{ mb: 2, color: 'text.secondary' }}>
            {words.how}
          </Box>
          <CopyableCode value={command} label={words.command} isSmall />
        </Box>
      </Box>
    </>
  );
}
