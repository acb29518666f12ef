'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { MailChannel } from '@/lib/schemas/channels';

/** The owner of an address says whether they want the messages. A click decides: programs open links, too. */
export function MailChannelForm({ token, initial }: { token: string; initial: MailChannel }) {
  const words = useMessages().notifications.mailPage;
  const answer = useMutation({
    mutationFn: (wants: boolean) =>
      callApi<MailChannel>(`/mail-channels/${token}`, { method: 'POST', body: { wants } }),
  });
  const { email, channelName, teamName, state } = answer.data ?? initial;
  const isTaken = state === 'confirmed' || state === 'member';
  return (
    <Box sx={{ display: 'grid', gap: 4, overflowWrap: 'anywhere' }}>
      <Box component="p" sx={{ color: 'text.secondary' }}>
        {words.askLead(email, channelName, teamName)}
      </Box>
      {isTaken && (
        <Note role="status" status="passed">
          {words.confirmed(email)}
        </Note>
      )}
      {state === 'stopped' && <Note role="status">{words.stopped(email)}</Note>}
      {answer.isError && <ErrorNote error={answer.error} />}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
        {!isTaken && (
          <Button variant="contained" loading={answer.isPending} onClick={() => answer.mutate(true)}>
            {words.confirm}
          </Button>
        )}
        {state !== 'stopped' && (
          <Button variant="outlined" loading={answer.isPending} onClick={() => answer.mutate(false)}>
            {words.stop}
          </Button>
        )}
      </Box>
    </Box>
  );
}
