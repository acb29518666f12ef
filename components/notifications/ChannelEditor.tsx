'use client';

import Box from '@mui/material/Box';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { reasonText } from '@/components/forms/reason-text';
import { UnsavedBar } from '@/components/forms/UnsavedBar';
import { refuseWrongNumbers } from '@/components/forms/wrong-numbers';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { StatusMark } from '@/components/marks/StatusMark';
import type { ChannelView } from '@/lib/schemas/channels';
import type { Previews } from '@/lib/services/notifications/previews';
import { ChannelActions } from './ChannelActions';
import { ChannelForm } from './ChannelForm';
import { ChannelTrouble } from './ChannelTrouble';
import { channelState } from './channel-state';
import { DeliveryLog } from './DeliveryLog';
import { draftOf } from './draft';
import { EDITOR } from './editor-style';
import { MessagePreview } from './MessagePreview';
import { useChannelDraft } from './use-channel-draft';

interface ChannelEditorProps {
  teamId: string;
  initial: ChannelView;
  projects: readonly { projectId: string; name: string }[];
  previews: Previews;
}

/** One channel: its state, its settings, what was sent. */
export function ChannelEditor({ teamId, initial, projects, previews }: ChannelEditorProps) {
  const t = useMessages();
  const words = t.notifications;
  const format = useFormat();
  const client = useQueryClient();
  const toast = useToast();
  const { channelId, kind } = initial;
  const { data: channel } = useQuery({
    queryKey: queryKeys.channel(teamId, channelId),
    queryFn: ({ signal }) => callApi<ChannelView>(`/teams/${teamId}/channels/${channelId}`, { signal }),
    initialData: initial,
  });
  /** Fields of numbers keep what was typed wrong until they are made anew. */
  const [round, setRound] = useState(0);
  const form = useChannelDraft({ kind, isNew: false, base: draftOf(channel) });
  const save = useMutation({
    mutationFn: () =>
      callApi<ChannelView>(`/teams/${teamId}/channels/${channelId}`, { method: 'PATCH', body: form.changes }),
    onSuccess: (saved) => {
      client.setQueryData(queryKeys.channel(teamId, channelId), saved);
      form.reset();
      toast({ text: words.form.saved(saved.name) });
    },
  });
  const { mark, word } = channelState(channel, t, format);
  const wrong = Object.keys(form.problems).length;
  return (
    <>
      <PageHeader
        title={channel.name}
        lead={words.kinds[kind]}
        aside={
          <Box sx={{ display: 'flex', alignItems: 'center', gap: '6px' }}>
            <StatusMark status={mark} />
            {word}
          </Box>
        }
        action={<ChannelActions teamId={teamId} channel={channel} />}
      />
      <Box sx={{ display: 'grid', gap: 4 }}>
        <ChannelTrouble teamId={teamId} channel={channel} />
        <Box
          component="form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (save.isPending || !form.isChanged || refuseWrongNumbers()) return;
            if (form.isFine()) save.mutate();
          }}
          sx={EDITOR}
        >
          <Box sx={{ display: 'grid', gap: 4, minWidth: 0 }}>
            {save.isError && <ErrorNote error={save.error} text={reasonText(t, save.error)} />}
            <ChannelForm
              key={round}
              kind={kind}
              draft={form.draft}
              channel={channel}
              problems={form.problems}
              projects={projects}
              onChange={form.change}
              onLeave={form.leave}
            />
            {form.isChanged && (
              <UnsavedBar
                text={wrong > 0 ? words.form.wrong(format.number(wrong)) : words.form.unsaved}
                isWrong={wrong > 0}
                isSaving={save.isPending}
                save={words.form.save}
                discard={words.form.discard}
                onDiscard={() => {
                  form.reset();
                  setRound(round + 1);
                }}
              />
            )}
          </Box>
          <MessagePreview draft={form.draft} previews={previews} />
        </Box>
        <DeliveryLog teamId={teamId} channel={channel} />
      </Box>
    </>
  );
}
