'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { StatusMark } from '@/components/marks/StatusMark';
import { ROW } from '@/components/team/row-style';
import { AppLink } from '@/components/theme/AppLink';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { ChannelView } from '@/lib/schemas/channels';
import { channelState } from './channel-state';

/** A channel with its state and what was sent last. */
export function ChannelRow({ teamId, channel }: { teamId: string; channel: ChannelView }) {
  const t = useMessages();
  const format = useFormat();
  const { mark, word } = channelState(channel, t, format);
  const facts = [
    t.notifications.kinds[channel.kind],
    t.notifications.frequencies[channel.frequency],
    lastWords(channel, t, format),
    ...(channel.waiting > 0 ? [t.notifications.waiting(format.number(channel.waiting))] : []),
  ];
  return (
    <Box component="li" sx={ROW}>
      <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 2 }}>
          <Box
            component={AppLink}
            prefetch={false}
            href={`/teams/${teamId}/notifications/${channel.channelId}`}
            sx={{ fontWeight: 500, overflowWrap: 'anywhere' }}
          >
            {channel.name}
          </Box>
          {channel.shownAddress && (
            <Box component="span" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
              <Mono>{channel.shownAddress}</Mono>
            </Box>
          )}
        </Box>
        <Box sx={{ typography: 'body2', color: 'elder.text3', overflowWrap: 'anywhere' }}>{facts.join(' · ')}</Box>
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: '6px' }}>
        <StatusMark status={mark} />
        {word}
      </Box>
    </Box>
  );
}

function lastWords({ lastDelivery }: ChannelView, t: Messages, format: Format): string {
  const words = t.notifications;
  if (!lastDelivery) return words.neverSent;
  const when = format.ago(lastDelivery.at);
  if (lastDelivery.status === 'delivered') return words.lastDelivered(when);
  return lastDelivery.status === 'failed' ? words.lastFailed(when) : words.lastWaiting(when);
}
