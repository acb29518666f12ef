'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { Icon } from '@/components/marks/Icon';
import { AppLink } from '@/components/theme/AppLink';
import { CHANNEL_KINDS } from '@/lib/schemas/channel-kinds';
import type { ChannelList } from '@/lib/schemas/channels';
import { ChannelRow } from './ChannelRow';

/** Where the team is told what happens. */
export function ChannelsView({ teamId }: { teamId: string }) {
  const t = useMessages();
  const words = t.notifications;
  const format = useFormat();
  const query = useQuery({
    queryKey: queryKeys.channels(teamId),
    queryFn: ({ signal }) => callApi<ChannelList>(`/teams/${teamId}/channels`, { signal }),
  });
  const channels = query.data?.items ?? [];
  const disabled = channels.filter(({ status }) => status === 'disabled').length;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} action={<AddMenu teamId={teamId} />} />
      <Box sx={{ display: 'grid', gap: 4, maxWidth: 960 }}>
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        {disabled > 0 && (
          <Note status="error">
            <b>{words.disabledTitle(format.number(disabled))}</b> {words.disabledHelp}
          </Note>
        )}
        <Panel isFlush>
          {query.data && channels.length === 0 && <EmptyState title={words.none} />}
          {channels.length > 0 && (
            <Box component="ul" aria-label={words.list}>
              {channels.map((channel) => (
                <ChannelRow key={channel.channelId} teamId={teamId} channel={channel} />
              ))}
            </Box>
          )}
        </Panel>
      </Box>
    </>
  );
}

function AddMenu({ teamId }: { teamId: string }) {
  const words = useMessages().notifications;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        variant="contained"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        startIcon={<Icon name="plus" size={14} />}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {words.add}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {CHANNEL_KINDS.map((kind) => (
          <MenuItem key={kind} component={AppLink} href={`/teams/${teamId}/notifications/new/${kind}`}>
            {words.kinds[kind]}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
