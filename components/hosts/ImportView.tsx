'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { allItems } from '@/components/api/all-items';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Field } from '@/components/forms/Field';
import { SelectField } from '@/components/forms/SelectField';
import { useSettledValue } from '@/components/hooks/use-settled-value';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { SwitchLine } from '@/components/policy/SwitchLine';
import type { ConnectionView, HostRepositoryPage, OwnerPage } from '@/lib/schemas/connections';
import { ImportRow } from './ImportRow';
import { useImport } from './use-import';

/** Repositories of an owner at a host, to be registered many at once. */
export function ImportView({ teamId, connection }: { teamId: string; connection: ConnectionView }) {
  const t = useMessages();
  const texts = t.hosts.importPage;
  const format = useFormat();
  const client = useQueryClient();
  const { connectionId, name } = connection;
  const base = `/teams/${teamId}/connections/${connectionId}/owners`;
  const [chosenOwner, setOwner] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const [archived, setArchived] = useState(false);
  const [forks, setForks] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isMissing, setMissing] = useState(false);

  const owners = useQuery({
    queryKey: queryKeys.hostOwners(connectionId),
    queryFn: ({ signal }) => allItems((cursor) => callApi<OwnerPage>(`${base}${queryString({ cursor })}`, { signal })),
    retry: false,
  });
  const owner = chosenOwner ?? owners.data?.[0]?.path ?? null;
  const filter = { owner, search: useSettledValue(search.trim(), 300), archived, forks };
  const list = useInfiniteQuery({
    queryKey: queryKeys.hostRepositories(connectionId, filter),
    queryFn: ({ signal, pageParam }) => {
      const query = { search: filter.search, archived: String(archived), forks: String(forks), cursor: pageParam };
      const path = `${base}/${encodeURIComponent(owner ?? '')}/repositories${queryString(query)}`;
      return callApi<HostRepositoryPage>(path, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: owner !== null,
    retry: false,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const importing = useImport(teamId, connectionId, () => {
    void client.invalidateQueries({ queryKey: queryKeys.portfolio });
    void list.refetch();
  });
  const free = rows.filter(({ path, project }) => project === null && !importing.outcomes.has(path));
  const wanted = [...chosen].filter((path) => !importing.outcomes.has(path));
  const isEvery = free.length > 0 && free.every(({ path }) => chosen.has(path));

  const choose = (paths: readonly string[], isChosen: boolean) => {
    const next = new Set(chosen);
    for (const path of paths) isChosen ? next.add(path) : next.delete(path);
    setChosen(next);
    setMissing(false);
  };
  const change =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      setChosen(new Set());
    };

  return (
    <>
      <PageHeader title={texts.title} lead={name} />
      <Box sx={{ display: 'grid', gap: 4, maxWidth: 960 }}>
        {owners.isError && <ErrorNote error={owners.error} onRetry={() => void owners.refetch()} />}
        {owners.data && (
          <Box sx={{ display: 'grid', gridTemplateColumns: { sm: '1fr 1fr' }, gap: 4 }}>
            <SelectField
              label={texts.owner}
              value={owner ?? ''}
              options={owners.data.map((one) => ({ value: one.path, name: one.name }))}
              onChange={change(setOwner)}
            />
            <Field label={texts.search} name="search" value={search} onChange={change(setSearch)} />
            <SwitchLine label={texts.archived} isOn={archived} isReadOnly={false} onChange={change(setArchived)} />
            <SwitchLine label={texts.forks} isOn={forks} isReadOnly={false} onChange={change(setForks)} />
          </Box>
        )}
        {list.isError && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
        <Panel
          isFlush
          title={texts.list}
          headingId="repositories"
          action={
            free.length > 0 && (
              <Box component="label" sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
                <Checkbox
                  size="small"
                  checked={isEvery}
                  onChange={(_, isChosen) =>
                    choose(
                      free.map(({ path }) => path),
                      isChosen,
                    )
                  }
                />
                {texts.all}
              </Box>
            )
          }
        >
          {list.data && rows.length === 0 && <EmptyState title={texts.none} />}
          {rows.length > 0 && (
            <Box component="ul" aria-labelledby="repositories">
              {rows.map((row) => (
                <ImportRow
                  key={row.path}
                  row={row}
                  outcome={importing.outcomes.get(row.path) ?? null}
                  isWaiting={importing.waiting.has(row.path)}
                  isChosen={chosen.has(row.path)}
                  onChoose={(isChosen) => choose([row.path], isChosen)}
                />
              ))}
            </Box>
          )}
        </Panel>
        {list.hasNextPage && (
          <Box>
            <Button variant="outlined" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {texts.more}
            </Button>
          </Box>
        )}
        {importing.error !== null && <ErrorNote error={importing.error} />}
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 3 }}>
          <Button
            variant="contained"
            loading={importing.isRunning}
            onClick={() => (wanted.length > 0 ? importing.start(wanted) : setMissing(true))}
          >
            {texts.submit(format.number(wanted.length))}
          </Button>
          <Box role="status" sx={{ typography: 'body2', color: 'elder.text3' }}>
            {importing.isRunning && texts.importing(format.number(importing.done), format.number(importing.all))}
            {isMissing && texts.nothing}
          </Box>
        </Box>
      </Box>
    </>
  );
}
