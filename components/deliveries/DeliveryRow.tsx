'use client';

import Box from '@mui/material/Box';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { TimeAgo } from '@/components/i18n/TimeAgo';
import { Mono } from '@/components/layout/Mono';
import { StatusWord } from '@/components/marks/StatusWord';
import { AppLink } from '@/components/theme/AppLink';
import type { DeliverySummary } from '@/lib/schemas/webhooks';
import { DELIVERY_MARKS, eventText, outcomeText } from './delivery-words';

interface DeliveryRowProps {
  projectId: string;
  delivery: DeliverySummary;
}

/** A delivery as one link: what came, what came of it, from where and when. */
export function DeliveryRow({ projectId, delivery }: DeliveryRowProps) {
  const t = useMessages();
  const words = t.webhooks;
  const { deliveryId, status, source, host, receivedAt } = delivery;
  return (
    <Box component="li" sx={ITEM}>
      <Box
        component={AppLink}
        href={`/projects/${projectId}/deliveries/${deliveryId}`}
        prefetch={false}
        data-row
        sx={ROW}
      >
        <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <Mono>{eventText(delivery)}</Mono>
          <Box sx={META}>{outcomeText(delivery, t)}</Box>
        </Box>
        <StatusWord status={DELIVERY_MARKS[status]}>{words.status[status]}</StatusWord>
        <Box sx={{ typography: 'body2', color: 'elder.text3', minWidth: 0 }}>
          <TimeAgo at={receivedAt} />
          <Box>{source === 'webhook' && host ? words.hosts[host] : words.source[source]}</Box>
        </Box>
      </Box>
    </Box>
  );
}

const ITEM = { borderBottom: 1, borderColor: 'divider', '&:last-of-type': { borderBottom: 0 } } as const;

const META = { typography: 'body2', color: 'text.secondary' } as const;

const ROW = {
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr) auto', md: 'minmax(0, 1fr) 140px 180px' },
  gap: '2px 16px',
  alignItems: 'center',
  px: 4,
  py: '9px',
  color: 'text.primary',
  '&:hover': { bgcolor: 'action.hover' },
  '&:focus-visible': { outlineOffset: '-2px' },
} as const;
