'use client';

import Box from '@mui/material/Box';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { OperationsTabs } from '@/components/operations/OperationsTabs';
import type { ScalingOutlook } from '@/lib/schemas/scaling';
import { boundsText } from './bounds-text';
import { ForecastPanel } from './ForecastPanel';
import { kindName } from './kind-name';
import { ReplayPanel } from './ReplayPanel';
import { ScalingEditor } from './ScalingEditor';

/** Minutes are measured once each. */
const REREAD_MS = 60_000;

/** One kind of worker: what is wanted of it, how it stands, what strategies would have done, what is expected. */
export function ScalingView({ kind }: { kind: string }) {
  const t = useMessages();
  const format = useFormat();
  const query = useQuery({
    queryKey: queryKeys.scalingOutlook(kind),
    queryFn: ({ signal }) => callApi<ScalingOutlook>(`/scaling/${kind}/outlook`, { signal }),
    refetchInterval: REREAD_MS,
  });
  const { data } = query;
  const lead =
    data && [t.scaling.strategy[data.settings.strategy], boundsText(data.settings, t, format)].join(t.common.comma);
  return (
    <>
      <PageHeader title={t.scaling.kindTitle(kindName(kind, t))} lead={lead} />
      <OperationsTabs />
      <Box sx={{ display: 'grid', gap: 4, '& > *': { minWidth: 0 } }}>
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {data && (
          <>
            <Box sx={PAIR}>
              <ScalingEditor kind={kind} base={data} />
              <NowPanel outlook={data} />
            </Box>
            <ReplayPanel outlook={data} />
            <ForecastPanel outlook={data} />
          </>
        )}
      </Box>
    </>
  );
}

function NowPanel({ outlook: { now, forecast } }: { outlook: ScalingOutlook }) {
  const t = useMessages();
  const words = t.scaling.now;
  const format = useFormat();
  const id = useId();
  const facts = [
    [words.running, format.number(now.replicas)],
    [words.needed, format.number(now.desiredReplicas)],
    [words.predicted, forecast ? format.number(now.predictedReplicas) : words.unknown],
    [words.backlog, format.number(now.backlog)],
    [words.oldest, now.oldestWaitSeconds === 0 ? t.scaling.list.none : format.duration(now.oldestWaitSeconds * 1000)],
  ] as const;
  return (
    <Panel title={words.title} headingId={id}>
      <Box component="dl" sx={FACTS}>
        {facts.map(([name, value]) => (
          <Box key={name} sx={FACT}>
            <Box component="dt" sx={{ color: 'text.secondary' }}>
              {name}
            </Box>
            <Box component="dd" sx={{ m: 0, fontWeight: 500, fontVariantNumeric: 'tabular-nums' }}>
              {value}
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}

const PAIR = {
  display: 'grid',
  gap: 4,
  alignItems: 'start',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 2fr) minmax(0, 1fr)' },
} as const;
const FACTS = { display: 'grid', gap: 2, m: 0 } as const;
const FACT = { display: 'flex', justifyContent: 'space-between', gap: 4 } as const;
