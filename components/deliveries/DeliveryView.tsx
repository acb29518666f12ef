'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type ReactNode, useId } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { useToast } from '@/components/feedback/ToastProvider';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { Mono } from '@/components/layout/Mono';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { useAuditUpdates } from '@/components/live/use-audit-updates';
import { StatusWord } from '@/components/marks/StatusWord';
import type { DeliveryDetail, DeliverySummary } from '@/lib/schemas/webhooks';
import { DELIVERY_MARKS, eventText, outcomeText } from './delivery-words';

interface DeliveryViewProps {
  projectId: string;
  deliveryId: string;
}

/** Until it was looked into, the page asks again. */
const REREAD_MS = 2_000;

/** One delivery: what the host sent, and what came of it. */
export function DeliveryView({ projectId, deliveryId }: DeliveryViewProps) {
  const t = useMessages();
  const words = t.webhooks;
  const format = useFormat();
  const id = useId();
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  useAuditUpdates({ projectId });
  const path = `/projects/${projectId}/deliveries`;
  const query = useQuery({
    queryKey: queryKeys.delivery(projectId, deliveryId),
    queryFn: ({ signal }) => callApi<DeliveryDetail>(`${path}/${deliveryId}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'received' ? REREAD_MS : false),
  });
  const replay = useMutation({
    mutationFn: () => callApi<DeliverySummary>(`${path}/${deliveryId}/replay`, { method: 'POST' }),
    onSuccess: async (made) => {
      toast({ text: words.replayed });
      await client.invalidateQueries({ queryKey: queryKeys.deliveries(projectId) });
      router.push(`${path}/${made.deliveryId}`);
    },
  });
  const delivery = query.data;
  if (!delivery) return query.isError ? <ErrorNote error={query.error} onRetry={() => void query.refetch()} /> : null;
  const { status, source, host, hostDeliveryId, auditId, auditNumber, replayOfId, payload } = delivery;
  const facts: (readonly [string, ReactNode])[] = [
    [
      words.result,
      <StatusWord key="status" status={DELIVERY_MARKS[status]}>
        {words.status[status]}
      </StatusWord>,
    ],
    [words.host, [host && words.hosts[host], source !== 'webhook' && words.source[source]].filter(Boolean).join(' · ')],
    [words.event, <Mono key="event">{eventText(delivery)}</Mono>],
    [words.id, <Mono key="id">{hostDeliveryId}</Mono>],
    [words.received, <TimeAgo key="received" at={delivery.receivedAt} />],
    ...(delivery.processedAt
      ? [[words.processed, <TimeAgo key="processed" at={delivery.processedAt} />] as const]
      : []),
    [words.size, `${format.number(delivery.sizeBytes)} B`],
  ];
  return (
    <>
      <PageHeader
        title={words.detail}
        lead={outcomeText(delivery, t)}
        action={
          <>
            {auditId && auditNumber !== null && (
              <Button variant="outlined" href={`/audits/${auditId}`}>
                {words.toAudit(format.number(auditNumber))}
              </Button>
            )}
            <Button
              variant="outlined"
              disabled={payload === null}
              loading={replay.isPending}
              onClick={() => replay.mutate()}
            >
              {words.replay}
            </Button>
          </>
        }
      />
      <Box sx={{ display: 'grid', gap: 4, maxWidth: 960, '& > *': { minWidth: 0 } }}>
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {replay.isError && <ErrorNote error={replay.error} />}
        <Panel>
          <Box component="dl" sx={FACTS}>
            {facts.map(([name, value]) => (
              <Box key={name} sx={{ display: 'contents' }}>
                <Box component="dt" sx={{ color: 'text.secondary' }}>
                  {name}
                </Box>
                <Box component="dd" sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere' }}>
                  {value}
                </Box>
              </Box>
            ))}
          </Box>
          {replayOfId && (
            <Box sx={{ mt: 3 }}>
              <Link href={`${path}/${replayOfId}`}>{words.replayOf}</Link>
            </Box>
          )}
        </Panel>
        {payload === null ? (
          <Note>{words.payloadGone}</Note>
        ) : (
          <Panel title={words.payload} meta={words.payloadNote} headingId={id}>
            <Box component="pre" tabIndex={0} aria-labelledby={id} role="group" sx={PAYLOAD}>
              {JSON.stringify(payload, null, 2)}
            </Box>
          </Panel>
        )}
      </Box>
    </>
  );
}

const FACTS = {
  m: 0,
  display: 'grid',
  gridTemplateColumns: { xs: '1fr', sm: '160px minmax(0, 1fr)' },
  gap: { xs: '0 16px', sm: '6px 16px' },
  '& dd': { mb: { xs: 2, sm: 0 } },
} as const;

const PAYLOAD = {
  m: 0,
  maxHeight: 560,
  overflow: 'auto',
  fontFamily: 'var(--elder-mono, monospace)',
  fontSize: '0.75rem',
  lineHeight: 1.5,
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
} as const;
