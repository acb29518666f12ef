'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { ROW } from '@/components/team/row-style';
import type { SessionList, SessionView } from '@/lib/schemas/users';

/** Browsers that are signed in; all but this one can be ended here. */
export function SessionsPanel() {
  const t = useMessages();
  const texts = t.access.account;
  const query = useQuery({
    queryKey: queryKeys.sessions,
    queryFn: ({ signal }) => callApi<SessionList>('/me/sessions', { signal }),
  });
  const sessions = query.data?.items ?? [];
  const endOthers = useEnding(() => callApi<void>('/me/end-other-sessions', { method: 'POST' }), texts.othersEnded);
  const error = query.error ?? endOthers.error;
  return (
    <Panel
      title={texts.sessions}
      headingId="account-sessions"
      isFlush
      action={
        sessions.some(({ isCurrent }) => !isCurrent) && (
          <Button size="small" variant="outlined" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {texts.endOthers}
          </Button>
        )
      }
    >
      {error && <ErrorNote error={error} />}
      <Box component="ul" aria-label={texts.sessionList}>
        {sessions.map((session) => (
          <SessionRow key={session.sessionId} session={session} />
        ))}
      </Box>
    </Panel>
  );
}

function SessionRow({ session }: { session: SessionView }) {
  const t = useMessages();
  const texts = t.access.account;
  const format = useFormat();
  const end = useEnding(() => callApi<void>(`/me/sessions/${session.sessionId}`, { method: 'DELETE' }), texts.ended);
  const { browser, address, createdAt, lastSeenAt, isCurrent } = session;
  const name = browser ?? texts.unknownBrowser;
  const facts = [
    ...(address ? [address] : []),
    texts.since(format.dateTime(createdAt)),
    ...(lastSeenAt && !isCurrent ? [texts.seen(format.ago(lastSeenAt))] : []),
  ];
  return (
    <Box component="li" sx={ROW}>
      <Box sx={{ flex: '1 1 200px', minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 2 }}>
          <Box component="span" sx={{ fontWeight: 500 }}>
            {name}
          </Box>
          {isCurrent && <Chip size="small" label={texts.thisBrowser} />}
        </Box>
        <Box sx={{ typography: 'body2', color: 'elder.text3', overflowWrap: 'anywhere' }}>{facts.join(' · ')}</Box>
        {end.isError && <ErrorNote error={end.error} />}
      </Box>
      {!isCurrent && (
        <Button
          size="small"
          variant="outlined"
          aria-label={texts.endOf(name)}
          loading={end.isPending}
          onClick={() => end.mutate()}
        >
          {texts.end}
        </Button>
      )}
    </Box>
  );
}

function useEnding(run: () => Promise<void>, said: string) {
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: run,
    onSuccess: () => toast({ text: said }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.sessions }),
  });
}
