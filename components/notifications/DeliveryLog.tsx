'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useInfiniteQuery } from '@tanstack/react-query';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { Panel } from '@/components/layout/Panel';
import type { ChannelView, DeliveryPage } from '@/lib/schemas/channels';
import { DeliveryRow } from './DeliveryRow';

const SHOWN = 20;
const AGAIN_MS = 10_000;

/** What was sent to a channel, newest first. */
export function DeliveryLog({ teamId, channel }: { teamId: string; channel: ChannelView }) {
  const words = useMessages().notifications.log;
  const query = useInfiniteQuery({
    queryKey: queryKeys.channelDeliveries(channel.channelId),
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const page = queryString({ limit: SHOWN, cursor: pageParam });
      return callApi<DeliveryPage>(`/teams/${teamId}/channels/${channel.channelId}/deliveries${page}`, { signal });
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // What is on its way ends by itself.
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ endedAt }) => endedAt === null)) ? AGAIN_MS : false,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={words.title} meta={words.kept} headingId="deliveries" isFlush>
      {query.isError && (
        <Box sx={{ p: 4 }}>
          <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
        </Box>
      )}
      {query.data && items.length === 0 && <EmptyState title={words.none} />}
      {items.length > 0 && (
        <Box component="ul" aria-label={words.list}>
          {items.map((delivery) => (
            <DeliveryRow
              key={delivery.deliveryId}
              teamId={teamId}
              channelId={channel.channelId}
              delivery={delivery}
              canReplay={channel.isEnabled && channel.status === 'active'}
            />
          ))}
        </Box>
      )}
      {query.hasNextPage && (
        <Box sx={{ p: 3, textAlign: 'center' }}>
          <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {words.more}
          </Button>
        </Box>
      )}
    </Panel>
  );
}
