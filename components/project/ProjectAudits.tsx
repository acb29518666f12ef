'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { useInfiniteQuery } from '@tanstack/react-query';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { AuditRow } from '@/components/audits/AuditRow';
import { PAGE_SIZE } from '@/components/audits/page-size';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { ConnectionNote } from '@/components/live/ConnectionNote';
import type { AuditSummary } from '@/lib/schemas/audits';
import { ProjectHeader } from './ProjectHeader';
import { ProjectTabs } from './ProjectTabs';
import { useOverview } from './use-overview';

interface AuditPage {
  items: AuditSummary[];
  nextCursor: string | null;
}

/** Every audit of the project, newest first. */
export function ProjectAudits({ projectId }: { projectId: string }) {
  const t = useMessages();
  const format = useFormat();
  const overview = useOverview(projectId).data;
  const query = useInfiniteQuery({
    queryKey: queryKeys.auditsOf({ projectId }),
    queryFn: ({ pageParam, signal }) =>
      callApi<AuditPage>(`/audits${queryString({ projectId, limit: PAGE_SIZE, cursor: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
  const audits = query.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      {overview && <ProjectHeader overview={overview} />}
      {overview && <ProjectTabs overview={overview} />}
      <Box sx={{ display: 'grid', gap: 3, mb: 3, '&:empty': { display: 'none' } }}>
        <ConnectionNote />
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      </Box>
      <Paper variant="outlined" sx={PANEL}>
        {query.isPending && <RowSkeletons />}
        {audits?.length === 0 && <EmptyState title={t.project.audits.none} />}
        <Box component="ul" aria-label={t.project.audits.title}>
          {audits?.map((audit) => (
            <AuditRow key={audit.auditId} audit={audit} />
          ))}
        </Box>
      </Paper>
      {audits && audits.length > 0 && (
        <Box sx={FOOT}>
          <span role="status">
            {t.findings.shown(format.number(audits.length), format.number(overview?.auditCount ?? audits.length))}
          </span>
          {query.hasNextPage && (
            <Button
              size="small"
              color="info"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t.project.audits.older}
            </Button>
          )}
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

const FOOT = {
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
  minHeight: 32,
  mt: 2,
  typography: 'body2',
  color: 'elder.text3',
} as const;
