'use client';

import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import type { OperationsView } from '@/lib/schemas/operations';
import { FailuresPanel } from './FailuresPanel';
import { leadOf } from './lead';
import { OperationsTabs } from './OperationsTabs';
import { QueuesPanel } from './QueuesPanel';
import { RechecksPanel } from './RechecksPanel';
import { SetAsidePanel } from './SetAsidePanel';
import { StoresPanel } from './StoresPanel';
import { ThroughputPanel } from './ThroughputPanel';
import { WorkersPanel } from './WorkersPanel';

/** Workers report more often; what is shown is never older than this. */
const REREAD_MS = 3_000;

/** How the installation stands: what needs somebody first, then what carries the work. */
export function OperationsPanels() {
  const t = useMessages();
  const format = useFormat();
  const query = useQuery({
    queryKey: queryKeys.operations,
    queryFn: ({ signal }) => callApi<OperationsView>('/operations', { signal }),
    refetchInterval: REREAD_MS,
  });
  const { data } = query;
  return (
    <>
      <PageHeader
        title={t.operations.title}
        lead={data && leadOf(data, t, format)}
        action={data && <Box sx={AS_OF}>{t.operations.asOf(format.time(data.at))}</Box>}
      />
      <OperationsTabs />
      <Box sx={{ display: 'grid', gap: 4, '& > *': { minWidth: 0 } }}>
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {data && (
          <>
            {data.setAside.count > 0 && <SetAsidePanel {...data.setAside} />}
            <Box sx={PAIR}>
              <QueuesPanel queues={data.queues} />
              <StoresPanel stores={data.stores} version={data.version} />
            </Box>
            <WorkersPanel workers={data.workers} at={data.at} />
            <Box sx={HALVES}>
              <ThroughputPanel stages={data.stages} audits={data.audits} />
              <FailuresPanel failures={data.failures} />
            </Box>
            <RechecksPanel {...data.rechecks} />
          </>
        )}
      </Box>
    </>
  );
}

const PAIR = {
  display: 'grid',
  gap: 4,
  alignItems: 'start',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 2fr) minmax(0, 1fr)' },
} as const;

const HALVES = {
  display: 'grid',
  gap: 4,
  alignItems: 'start',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
} as const;

const AS_OF = { typography: 'body2', color: 'elder.text3', fontVariantNumeric: 'tabular-nums', mt: 1 } as const;
