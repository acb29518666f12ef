'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { useInfiniteQuery } from '@tanstack/react-query';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { PageHeader } from '@/components/layout/PageHeader';
import { ConnectionNote } from '@/components/live/ConnectionNote';
import type { AuditSummary } from '@/lib/schemas/audits';
import { AuditHeads } from './AuditHeads';
import { AuditRow } from './AuditRow';
import { PAGE_SIZE } from './page-size';

interface AuditPage {
  items: AuditSummary[];
  nextCursor: string | null;
}

/** Audits of the team's projects, newest first. */
export function AuditsView({ teamId }: { teamId: string }) {
  const t = useMessages();
  const format = useFormat();
  const query = useInfiniteQuery({
    queryKey: queryKeys.auditsOf({ teamId }),
    queryFn: ({ pageParam, signal }) =>
      callApi<AuditPage>(`/audits${queryString({ teamId, limit: PAGE_SIZE, cursor: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
  const audits = query.data?.pages.flatMap((page) => page.items);
  const running = audits?.filter(({ status }) => status === 'running' || status === 'queued').length ?? 0;
  return (
    <>
      <PageHeader
        title={t.audits.title}
        lead={audits && audits.length > 0 && t.audits.summary(format.number(audits.length), running)}
      />
      <Box sx={{ display: 'grid', gap: 3, mb: 3, '&:empty': { display: 'none' } }}>
        <ConnectionNote />
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      </Box>
      <Paper variant="outlined" sx={PANEL}>
        {!audits && !query.isError && <RowSkeletons />}
        {audits?.length === 0 && (
          <EmptyState title={t.audits.empty}>
            <Button variant="outlined" href="/projects/new">
              {t.shell.register}
            </Button>
          </EmptyState>
        )}
        {audits && audits.length > 0 && <AuditHeads />}
        {audits && audits.length > 0 && (
          <Box component="ul" aria-label={t.audits.title}>
            {audits.map((audit) => (
              <AuditRow key={audit.auditId} audit={audit} />
            ))}
          </Box>
        )}
      </Paper>
      {query.hasNextPage && (
        <Box sx={{ display: 'flex', justifyContent: 'flex-end', mt: 2 }}>
          <Button
            size="small"
            color="info"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t.audits.showMore}
          </Button>
        </Box>
      )}
    </>
  );
}

const PANEL = {
  borderRadius: { xs: 0, sm: '8px' },
  mx: { xs: -4, sm: 0 },
  borderInline: { xs: 0, sm: '1px solid var(--mui-palette-divider)' },
  overflow: 'clip',
} as const;
