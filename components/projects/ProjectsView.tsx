'use client';

import Button from '@mui/material/Button';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { callApi, queryString } from '@/components/api/client';
import { writeCookie } from '@/components/api/cookies';
import { queryKeys } from '@/components/api/keys';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Rich } from '@/components/i18n/Rich';
import { EmptyState } from '@/components/layout/EmptyState';
import { ListFrame } from '@/components/layout/ListFrame';
import { PageHeader } from '@/components/layout/PageHeader';
import { Icon } from '@/components/marks/Icon';
import { addressStep, putAddress } from '@/components/project/address-step';
import { STILL_THERE_MS } from '@/components/project/use-overview';
import { useShell } from '@/components/shell/shell-context';
import type { Portfolio } from '@/lib/schemas/projects';
import { BulkBar } from './BulkBar';
import { type ChoosableColumn, COLUMNS_COOKIE, hiddenColumnsText } from './columns';
import { FilterBar } from './FilterBar';
import { FirstProject } from './FirstProject';
import { NO_FILTER, type ProjectsFilter, parseProjectsFilter, portfolioRequest, projectsAddress } from './filter';
import { ColumnsMenu } from './ListControls';
import { ListKeys } from './ListKeys';
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
  /** Whether paths on the server may be registered. */
  allowsLocal: boolean;
  /** Columns this person left out. */
  hiddenColumns: readonly ChoosableColumn[];
}

export function ProjectsView({ teamId, canRegister, canRun, allowsLocal, hiddenColumns }: ProjectsViewProps) {
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
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.rows.some(({ running }) => running)) ? STILL_THERE_MS : false,
  });
  const change = (part: Partial<ProjectsFilter>) =>
    putAddress(projectsAddress({ ...filter, ...part }), addressStep(part));

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
      {isEmpty ? (
        <FirstProject canRegister={canRegister} allowsLocal={allowsLocal} />
      ) : (
        <ListFrame
          query={query}
          more={t.projects.showMore(format.number(Math.min(PAGE_SIZE, Math.max(1, matching - rows.length))))}
          bar={
            selection.ids.size > 0 ? (
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
            )
          }
          foot={
            rows.length > 0 && (
              <>
                <span role="status">{t.projects.shown(format.number(rows.length), format.number(matching))}</span>
                <ListKeys canSelect={canRun} />
                {hasMoved && (
                  <Button size="small" color="info" onClick={sortAgain} sx={{ ml: 'auto' }}>
                    {t.projects.sortAgain}
                  </Button>
                )}
              </>
            )
          }
        >
          {rows.length > 0 && (
            <>
              <ProjectTable
                rows={rows}
                sort={filter.sort}
                onSort={(sort) => change({ sort })}
                hidden={hidden}
                selection={canRun ? selection : null}
                hasTeams={filter.isEveryTeam}
              />
              <ProjectList rows={rows} />
            </>
          )}
          {portfolio !== undefined && rows.length === 0 && (
            <EmptyState title={t.projects.noMatch}>
              <Button variant="outlined" onClick={() => change(NO_FILTER)}>
                {t.projects.clear}
              </Button>
            </EmptyState>
          )}
        </ListFrame>
      )}
    </>
  );
}

const ON_WIDE = { display: { xs: 'none', md: 'inline-flex' } } as const;
