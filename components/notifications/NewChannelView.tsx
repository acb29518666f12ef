'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { FormDialog } from '@/components/forms/FormDialog';
import { reasonText } from '@/components/forms/reason-text';
import { refuseWrongNumbers } from '@/components/forms/wrong-numbers';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { ShownOnce } from '@/components/layout/ShownOnce';
import type { ChannelKind } from '@/lib/schemas/channel-kinds';
import type { ChannelCreated, ChannelSettings } from '@/lib/schemas/channels';
import type { Previews } from '@/lib/services/notifications/previews';
import { ChannelForm } from './ChannelForm';
import { EDITOR } from './editor-style';
import { MessagePreview } from './MessagePreview';
import { useChannelDraft } from './use-channel-draft';

interface NewChannelViewProps {
  teamId: string;
  kind: ChannelKind;
  settings: ChannelSettings;
  isMailSetUp: boolean;
  projects: readonly { projectId: string; name: string }[];
  previews: Previews;
}

export function NewChannelView({ teamId, kind, settings, isMailSetUp, projects, previews }: NewChannelViewProps) {
  const t = useMessages();
  const words = t.notifications;
  const format = useFormat();
  const router = useRouter();
  const client = useQueryClient();
  const [base] = useState(() => ({ ...settings, name: '', address: '', emails: [], isEnabled: true }));
  const { draft, problems, change, leave, isFine, letGo } = useChannelDraft({ kind, isNew: true, base });
  const open = (channelId: string) => router.push(`/teams/${teamId}/notifications/${channelId}`);
  const make = useMutation({
    mutationFn: () => {
      const { address, emails, ...rest } = draft;
      const target = kind === 'email' ? { emails } : { address: address.trim() };
      return callApi<ChannelCreated>(`/teams/${teamId}/channels`, {
        method: 'POST',
        body: { kind, ...rest, ...target },
      });
    },
    onSuccess: async (made) => {
      letGo();
      await client.invalidateQueries({ queryKey: queryKeys.channels(teamId) });
      if (made.secret === null) open(made.channelId);
    },
  });
  const wrong = Object.keys(problems).length;
  return (
    <>
      <PageHeader title={words.newTitle(words.kinds[kind])} />
      <Box
        component="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (make.isPending || refuseWrongNumbers()) return;
          if (isFine()) make.mutate();
        }}
        sx={EDITOR}
      >
        <Box sx={{ display: 'grid', gap: 4, minWidth: 0 }}>
          {kind === 'email' && !isMailSetUp && <Note status="warning">{words.form.noMail}</Note>}
          {make.isError && <ErrorNote error={make.error} text={reasonText(t, make.error)} />}
          <ChannelForm
            kind={kind}
            draft={draft}
            channel={null}
            problems={problems}
            projects={projects}
            onChange={change}
            onLeave={leave}
          />
          <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 3 }}>
            <Button type="submit" variant="contained" loading={make.isPending}>
              {words.form.submitNew}
            </Button>
            {wrong > 0 && (
              <Box role="status" sx={{ color: 'error.main' }}>
                {words.form.wrong(format.number(wrong))}
              </Box>
            )}
          </Box>
        </Box>
        <MessagePreview draft={draft} previews={previews} />
      </Box>
      {make.data?.secret && (
        <FormDialog title={words.actions.made(make.data.name)} onClose={() => open(make.data.channelId)}>
          <ShownOnce label={words.actions.secret} value={make.data.secret} help={words.actions.secretOnce} />
        </FormDialog>
      )}
    </>
  );
}
