'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi, problemOf } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { StatusMark } from '@/components/marks/StatusMark';
import type { MarkStatus } from '@/components/marks/status-drawings';
import { ROW } from '@/components/team/row-style';
import type { DeliveryStatus, DeliveryView } from '@/lib/schemas/channels';
import { problemWords } from './problem-words';

const MARKS: Record<DeliveryStatus, MarkStatus> = {
  waiting: 'waiting',
  sending: 'running',
  delivered: 'passed',
  failed: 'failed',
};

interface DeliveryRowProps {
  teamId: string;
  channelId: string;
  delivery: DeliveryView;
  canReplay: boolean;
}

/** A message with what came of it. */
export function DeliveryRow({ teamId, channelId, delivery, canReplay }: DeliveryRowProps) {
  const t = useMessages();
  const words = t.notifications.log;
  const format = useFormat();
  const client = useQueryClient();
  const toast = useToast();
  const { deliveryId, title, kind, recipient, status, tries, nextTryAt, problem, responseStatus, response } = delivery;
  const replay = useMutation({
    mutationFn: () =>
      callApi<DeliveryView>(`/teams/${teamId}/channels/${channelId}/deliveries/${deliveryId}/replay`, {
        method: 'POST',
      }),
    onSuccess: () => {
      toast({ text: words.replayed });
      return client.invalidateQueries({ queryKey: queryKeys.channelDeliveries(channelId) });
    },
    onError: (error) => toast({ text: problemWords(problemOf(error).code, t) }),
  });
  const facts = [
    words.kinds[kind],
    ...(recipient ? [recipient] : []),
    ...(delivery.replayOfId ? [words.replayOf] : []),
    words.tries(format.number(tries)),
    ...(responseStatus === null ? [] : [words.http(String(responseStatus))]),
    ...(delivery.durationMs === null ? [] : [words.took(format.duration(delivery.durationMs))]),
    ...(status === 'waiting' && nextTryAt && tries > 0 ? [words.nextTry(format.dateTime(nextTryAt))] : []),
    format.ago(delivery.createdAt),
  ];
  return (
    <Box component="li" sx={ROW}>
      <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
        <Box sx={{ fontWeight: 500, overflowWrap: 'anywhere' }}>{title}</Box>
        <Box sx={{ typography: 'body2', color: 'elder.text3', overflowWrap: 'anywhere' }}>{facts.join(' · ')}</Box>
        {problem && (
          <Box sx={{ typography: 'body2', color: 'text.secondary', overflowWrap: 'anywhere' }}>
            {problemWords(problem, t)}
          </Box>
        )}
        {problem && response && (
          <Box sx={{ typography: 'body2', color: 'text.secondary', overflowWrap: 'anywhere' }}>
            {words.response}: <Mono>{response}</Mono>
          </Box>
        )}
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: '6px' }}>
        <StatusMark status={MARKS[status]} />
        {words.status[status]}
      </Box>
      {canReplay && (status === 'failed' || status === 'delivered') && (
        <Button
          size="small"
          variant="outlined"
          aria-label={words.replayFor(title)}
          loading={replay.isPending}
          onClick={() => replay.mutate()}
        >
          {words.replay}
        </Button>
      )}
    </Box>
  );
}
