'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { FormDialog } from '@/components/forms/FormDialog';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { ShownOnce } from '@/components/layout/ShownOnce';
import { Icon } from '@/components/marks/Icon';
import { StatusMark } from '@/components/marks/StatusMark';
import type { ChannelSecret, ChannelTest, ChannelView } from '@/lib/schemas/channels';
import { problemWords } from './problem-words';
import { useChannelChange } from './use-channel-change';

const HOUR_MS = 3600_000;
const MUTES = [
  ['hour', HOUR_MS],
  ['day', 24 * HOUR_MS],
  ['week', 7 * 24 * HOUR_MS],
] as const;

/** What can be done with a channel at once. */
export function ChannelActions({ teamId, channel }: { teamId: string; channel: ChannelView }) {
  const words = useMessages().notifications.actions;
  const [dialog, setDialog] = useState<'rotate' | 'remove' | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <TestButton teamId={teamId} channel={channel} />
      <MuteButton teamId={teamId} channel={channel} />
      {channel.kind === 'webhook' && (
        <Button variant="outlined" onClick={() => setDialog('rotate')}>
          {words.rotate}
        </Button>
      )}
      <Button variant="outlined" color="error" onClick={() => setDialog('remove')}>
        {words.remove}
      </Button>
      {dialog === 'rotate' && <RotateDialog teamId={teamId} channel={channel} onClose={close} />}
      {dialog === 'remove' && <RemoveDialog teamId={teamId} channel={channel} onClose={close} />}
    </>
  );
}

function TestButton({ teamId, channel: { channelId } }: { teamId: string; channel: ChannelView }) {
  const t = useMessages();
  const words = t.notifications.actions;
  const client = useQueryClient();
  const test = useMutation({
    mutationFn: () => callApi<ChannelTest>(`/teams/${teamId}/channels/${channelId}/test`, { method: 'POST' }),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.channelDeliveries(channelId) }),
        client.invalidateQueries({ queryKey: queryKeys.channel(teamId, channelId) }),
      ]);
    },
  });
  return (
    <>
      <Button variant="outlined" loading={test.isPending} onClick={() => test.mutate()}>
        {test.isPending ? words.testing : words.test}
      </Button>
      {(test.data || test.isError) && (
        <FormDialog title={words.test} onClose={test.reset}>
          {test.isError && <ErrorNote error={test.error} />}
          {test.data && (
            <>
              <Box role="status" sx={{ display: 'flex', alignItems: 'center', gap: 2, fontWeight: 500 }}>
                <StatusMark status={test.data.isDelivered ? 'passed' : 'failed'} />
                {test.data.isDelivered ? words.testDelivered : words.testFailed}
              </Box>
              {test.data.deliveries.map(({ deliveryId, recipient, problem, responseStatus, response }) => (
                <Box key={deliveryId} sx={{ display: 'grid', gap: 1, typography: 'body2' }}>
                  {recipient && <span>{recipient}</span>}
                  {problem && <span>{problemWords(problem, t)}</span>}
                  {responseStatus !== null && <span>{words.answer(String(responseStatus))}</span>}
                  {response && (
                    <Box component="span" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
                      <Mono>{response}</Mono>
                    </Box>
                  )}
                </Box>
              ))}
            </>
          )}
        </FormDialog>
      )}
    </>
  );
}

function MuteButton({ teamId, channel }: { teamId: string; channel: ChannelView }) {
  const words = useMessages().notifications.actions;
  const format = useFormat();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const change = useChannelChange(teamId, channel.channelId);
  if (channel.mutedUntil) {
    return (
      <Button
        variant="outlined"
        loading={change.isPending}
        onClick={() => change.mutate({ body: { mutedUntil: null }, told: words.unmuted })}
      >
        {words.unmute}
      </Button>
    );
  }
  const mute = (ms: number) => {
    setAnchor(null);
    const mutedUntil = new Date(Date.now() + ms).toISOString();
    change.mutate({ body: { mutedUntil }, told: words.muted(format.dateTime(mutedUntil)) });
  };
  return (
    <>
      <Button
        variant="outlined"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        loading={change.isPending}
        endIcon={<Icon name="down" size={13} />}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {words.mute}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {MUTES.map(([name, ms]) => (
          <MenuItem key={name} onClick={() => mute(ms)}>
            {words.muteFor[name]}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

interface ActionDialogProps {
  teamId: string;
  channel: ChannelView;
  onClose: () => void;
}

function RotateDialog({ teamId, channel: { channelId }, onClose }: ActionDialogProps) {
  const words = useMessages().notifications.actions;
  const client = useQueryClient();
  const rotate = useMutation({
    mutationFn: () => callApi<ChannelSecret>(`/teams/${teamId}/channels/${channelId}/rotate`, { method: 'POST' }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.channel(teamId, channelId) }),
  });
  if (rotate.data) {
    return (
      <FormDialog title={words.rotated} onClose={onClose}>
        <ShownOnce label={words.secret} value={rotate.data.secret} help={words.secretOnce} />
      </FormDialog>
    );
  }
  return (
    <FormDialog
      title={words.rotateTitle}
      submit={words.rotate}
      isBusy={rotate.isPending}
      error={rotate.error}
      onSubmit={() => rotate.mutate()}
      onClose={onClose}
    >
      <p>{words.rotateLoses}</p>
    </FormDialog>
  );
}

function RemoveDialog({ teamId, channel: { channelId, name }, onClose }: ActionDialogProps) {
  const words = useMessages().notifications.actions;
  const client = useQueryClient();
  const toast = useToast();
  const router = useRouter();
  const remove = useMutation({
    mutationFn: () => callApi<void>(`/teams/${teamId}/channels/${channelId}`, { method: 'DELETE' }),
    onSuccess: async () => {
      toast({ text: words.removed(name) });
      router.push(`/teams/${teamId}/notifications`);
      await client.invalidateQueries({ queryKey: queryKeys.channels(teamId), exact: true });
    },
  });
  return (
    <FormDialog
      title={words.removeTitle(name)}
      submit={words.remove}
      isDestructive
      isBusy={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{words.removeLoses}</p>
    </FormDialog>
  );
}
