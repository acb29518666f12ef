'use client';

import Box from '@mui/material/Box';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ChoiceMenu } from '@/components/forms/ChoiceMenu';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { ListFrame } from '@/components/layout/ListFrame';
import { PageHeader } from '@/components/layout/PageHeader';
import { useAuditUpdates } from '@/components/live/use-audit-updates';
import { putAddress } from '@/components/project/address-step';
import type { DeliveryPage, DeliverySummary } from '@/lib/schemas/webhooks';
import { DeliveryRow } from './DeliveryRow';
import { PAGE_SIZE, parseDeliveryFilter, SHOWN_STATUSES } from './filter';

/** Events of a burst are told together: the list asks again now and then. */
const REREAD_MS = 10_000;

/** What the Git host told of the project, newest first. */
export function DeliveriesView({ projectId }: { projectId: string }) {
  const t = useMessages();
  const words = t.webhooks;
  const { status } = parseDeliveryFilter(useSearchParams());
  useAuditUpdates({ projectId });
  const query = useInfiniteQuery({
    queryKey: queryKeys.deliveriesOf(projectId, status),
    queryFn: ({ pageParam, signal }) =>
      callApi<DeliveryPage>(
        `/projects/${projectId}/deliveries${queryString({ status, limit: PAGE_SIZE, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? REREAD_MS : false),
  });
  const items = query.data?.pages.flatMap((page) => page.items);
  const choose = (chosen: DeliverySummary['status'] | null) =>
    putAddress(`/projects/${projectId}/deliveries${queryString({ status: chosen })}`, 'push');
  return (
    <>
      <PageHeader title={words.deliveries} lead={words.deliveriesLead} />
      <ListFrame
        query={query}
        more={words.more}
        bar={
          <Box role="search" sx={{ display: 'flex', mb: 3 }}>
            <ChoiceMenu
              label={words.filterStatus}
              all={words.anyStatus}
              value={status}
              options={SHOWN_STATUSES.map((value) => ({ value, name: words.status[value] }))}
              onChange={choose}
            />
          </Box>
        }
      >
        {items?.length === 0 && <EmptyState title={status ? words.noneOfFilter : words.none} />}
        {items && items.length > 0 && (
          <Box component="ul" aria-label={words.deliveries}>
            {items.map((delivery) => (
              <DeliveryRow key={delivery.deliveryId} projectId={projectId} delivery={delivery} />
            ))}
          </Box>
        )}
      </ListFrame>
    </>
  );
}
