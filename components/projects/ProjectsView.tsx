'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { callApi, queryString } from '@/components/api/client';
import { writeCookie } from '@/components/api/cookies';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Rich } from '@/components/i18n/Rich';
import { EmptyState } from '@/components/layout/EmptyState';
import { KeyHint } from '@/components/layout/KeyHint';
import { PageHeader } from '@/components/layout/PageHeader';
import { ConnectionNote } from '@/components/live/ConnectionNote';
import { Icon } from '@/components/marks/Icon';
import { useShell } from '@/components/shell/shell-context';
import type { Portfolio } from '@/lib/schemas/projects';
import { BulkBar } from './BulkBar';
import { type ChoosableColumn, COLUMNS_COOKIE, hiddenColumnsText } from './columns';
import { FilterBar } from './FilterBar';
import { FirstProject } from './FirstProject';
import { NO_FILTER, type ProjectsFilter, parseProjectsFilter, portfolioRequest, projectsAddress } from './filter';
import { ColumnsMenu } from './ListControls';
import { ProjectList } from './ProjectList';
import { ProjectTable } from './ProjectTable';
import { PAGE_SIZE } from './page-size';
import { portfolioSentence } from './sentence';
import { useStableOrder } from './stable-order';
import { useSelection } from './use-selection';

interface ProjectsViewProps {
  teamId: string;
  canRegister: boolean;
  canRun: boolean;
  /** Columns this person left out. */
  hiddenColumns: readonly ChoosableColumn[];
}

export function ProjectsView({ teamId, canRegister, canRun, hiddenColumns }: ProjectsViewProps) {
  const t = useMessages();
  const format = useFormat();
  const { teams } = useShell();
  const [hidden, setHidden] = useState(hiddenColumns);
  const filter = parseProjectsFilter(useSearchParams());
  const query = useInfiniteQuery({
    queryKey: queryKeys.portfolioOf(teamId, filter),
    queryFn: ({ pageParam, signal }) =>
      callApi<Portfolio>(
        `/portfolio${queryString({ ...portfolioRequest(filter, teamId), limit: PAGE_SIZE, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
  const change = (part: Partial<ProjectsFilter>) =>
    window.history.replaceState(null, '', projectsAddress({ ...filter, ...part }));

  const portfolio = query.data?.pages[0];
  const {
    ordered: rows,
    hasMoved,
    sortAgain,
  } = useStableOrder(
    query.data?.pages.flatMap((page) => page.rows) ?? [],
    projectsAddress(filter),
    !query.isPlaceholderData,
    ({ projectId }) => projectId,
  );
  const all = portfolio?.statusCounts.all ?? 0;
  const isFiltered = filter.status !== null || filter.search !== '' || filter.stack !== null;
  const isEmpty = portfolio !== undefined && all === 0 && !isFiltered;
  const matching = filter.status ? (portfolio?.statusCounts[filter.status] ?? 0) : all;

  const selection = useSelection(
    rows.map(({ projectId }) => projectId),
    canRun,
  );
  const chooseColumns = (next: readonly ChoosableColumn[]) => {
    setHidden(next);
    writeCookie(COLUMNS_COOKIE, hiddenColumnsText(next));
  };

  return (
    <>
      <PageHeader
        title={t.projects.title}
        lead={portfolio && !isEmpty && <Rich text={portfolioSentence(portfolio, t, format)} />}
        action={
          canRegister &&
          !isEmpty && (
            <Button variant="contained" href="/projects/new" startIcon={<Icon name="plus" size={14} />} sx={ON_WIDE}>
              {t.projects.register}
            </Button>
          )
        }
      />
      <Box sx={{ display: 'grid', gap: 3, mb: 3, '&:empty': { display: 'none' } }}>
        <ConnectionNote />
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      </Box>
      {isEmpty ? (
        <FirstProject canRegister={canRegister} />
      ) : (
        <>
          {selection.ids.size > 0 ? (
            <BulkBar selection={selection} />
          ) : (
            <FilterBar
              filter={filter}
              counts={portfolio?.statusCounts ?? {}}
              stacks={portfolio?.stackCounts ?? {}}
              hasTeams={teams.length > 1}
              columns={<ColumnsMenu hidden={hidden} onChange={chooseColumns} />}
              onChange={change}
            />
          )}
          <Paper variant="outlined" sx={PANEL}>
            {portfolio === undefined && !query.isError && <RowSkeletons />}
            {rows.length > 0 && (
              <ProjectTable
                rows={rows}
                sort={filter.sort}
                onSort={(sort) => change({ sort })}
                hidden={hidden}
                selection={canRun ? selection : null}
                hasTeams={filter.isEveryTeam}
              />
            )}
            {rows.length > 0 && <ProjectList rows={rows} />}
            {portfolio !== undefined && rows.length === 0 && (
              <EmptyState title={t.projects.noMatch}>
                <Button variant="outlined" onClick={() => change(NO_FILTER)}>
                  {t.projects.clear}
                </Button>
              </EmptyState>
            )}
          </Paper>
          {rows.length > 0 && (
            <Box sx={FOOT}>
              <span role="status">{t.projects.shown(format.number(rows.length), format.number(matching))}</span>
              <Box component="span" aria-hidden sx={KEYS}>
                <KeyHint>j</KeyHint>
                <KeyHint>k</KeyHint>
                {t.projects.keys.move}
                <Box component="span" sx={{ ml: 3 }}>
                  <KeyHint>Enter</KeyHint>
                </Box>
                {t.projects.keys.open}
                {canRun && (
                  <>
                    <Box component="span" sx={{ ml: 3 }}>
                      <KeyHint>x</KeyHint>
                    </Box>
                    {t.projects.keys.select}
                  </>
                )}
                <Box component="span" sx={{ ml: 3 }}>
                  <KeyHint>?</KeyHint>
                </Box>
                {t.projects.keys.all}
              </Box>
              {hasMoved && (
                <Button size="small" color="info" onClick={sortAgain} sx={{ ml: 'auto' }}>
                  {t.projects.sortAgain}
                </Button>
              )}
              {query.hasNextPage && (
                <Button
                  size="small"
                  color="info"
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                  sx={{ ml: hasMoved ? 0 : 'auto' }}
                >
                  {t.projects.showMore(format.number(Math.min(PAGE_SIZE, Math.max(1, matching - rows.length))))}
                </Button>
              )}
            </Box>
          )}
        </>
      )}
    </>
  );
}

const ON_WIDE = { display: { xs: 'none', md: 'inline-flex' } } as const;

/** Lists under 600 touch the screen's edges. The head of the table sticks, so the panel must not clip it. */
const PANEL = {
  borderRadius: { xs: 0, sm: '8px' },
  mx: { xs: -4, sm: 0 },
  borderInline: { xs: 0, sm: '1px solid var(--mui-palette-divider)' },
  overflow: 'clip',
} as const;

const FOOT = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 4,
  minHeight: 32,
  mt: 2,
  typography: 'body2',
  color: 'elder.text3',
} as const;

const KEYS = { display: { xs: 'none', md: 'inline-flex' }, alignItems: 'center', gap: '6px' } as const;
