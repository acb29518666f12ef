'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { type FactColumn, FactTable } from '@/components/operations/FactTable';
import { OperationsTabs } from '@/components/operations/OperationsTabs';
import { AppLink } from '@/components/theme/AppLink';
import type { ScalingOverview } from '@/lib/schemas/scaling';
import { boundsText } from './bounds-text';
import { kindName } from './kind-name';

const REREAD_MS = 5_000;

/** Every kind of worker with what is wanted of it and how it stands. */
export function ScalingList() {
  const t = useMessages();
  const words = t.scaling.list;
  const format = useFormat();
  const id = useId();
  const query = useQuery({
    queryKey: queryKeys.scaling,
    queryFn: ({ signal }) => callApi<ScalingOverview>('/scaling', { signal }),
    refetchInterval: REREAD_MS,
  });
  const columns: FactColumn[] = [
    { id: 'kind', name: words.kind, width: 'minmax(0, 1.2fr)' },
    { id: 'strategy', name: words.strategy, width: 'minmax(0, 1.4fr)' },
    { id: 'bounds', name: words.bounds, width: '112px', isNumber: true },
    { id: 'replicas', name: words.replicas, width: '104px', isNumber: true },
    { id: 'needed', name: words.needed, width: '104px', isNumber: true },
    { id: 'backlog', name: words.backlog, width: '88px', isNumber: true },
    { id: 'oldest', name: words.oldest, width: '112px', isNumber: true },
  ];
  const rows = (query.data?.kinds ?? []).map(({ kind, version, settings, now }) => ({
    key: kind,
    cells: {
      kind: (
        <>
          <Link component={AppLink} href={`/operations/scaling/${kind}`} color="inherit">
            {kindName(kind, t)}
          </Link>
          <Box sx={QUIET}>{t.operations.kindHelp[kind as keyof typeof t.operations.kindHelp]}</Box>
        </>
      ),
      strategy: (
        <>
          {t.scaling.strategy[settings.strategy]}
          {version === 0 && <Box sx={QUIET}>{words.defaults}</Box>}
        </>
      ),
      bounds: boundsText(settings, t, format),
      replicas: format.number(now.replicas),
      needed: format.number(now.desiredReplicas),
      backlog: format.number(now.backlog),
      oldest: now.oldestWaitSeconds === 0 ? words.none : format.duration(now.oldestWaitSeconds * 1000),
    },
  }));
  return (
    <>
      <PageHeader title={t.scaling.title} lead={t.scaling.lead} />
      <OperationsTabs />
      <Box sx={{ display: 'grid', gap: 4, '& > *': { minWidth: 0 } }}>
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        <Note>{t.scaling.carried}</Note>
        <Panel title={words.title} headingId={id} isFlush>
          <FactTable label={words.title} columns={columns} rows={rows} />
        </Panel>
      </Box>
    </>
  );
}

const QUIET = { typography: 'body2', color: 'text.secondary', fontWeight: 400 } as const;
