'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import type { InvitationList, InvitationView } from '@/lib/schemas/invitations';
import { ROW } from './row-style';

/** Open invitations; nothing without any. */
export function InvitationsPanel({ teamId }: { teamId: string }) {
  const t = useMessages();
  const query = useQuery({
    queryKey: queryKeys.invitations(teamId),
    queryFn: ({ signal }) => callApi<InvitationList>(`/teams/${teamId}/invitations`, { signal }),
  });
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data || query.data.items.length === 0) return null;
  return (
    <Panel title={t.access.invite.open} headingId="open-invitations" isFlush>
      <Box component="ul" aria-label={t.access.invite.open}>
        {query.data.items.map((invitation) => (
          <InvitationRow key={invitation.invitationId} teamId={teamId} invitation={invitation} />
        ))}
      </Box>
    </Panel>
  );
}

function InvitationRow({ teamId, invitation }: { teamId: string; invitation: InvitationView }) {
  const t = useMessages();
  const texts = t.access.invite;
  const format = useFormat();
  const client = useQueryClient();
  const toast = useToast();
  const { email, role, invitedBy, expiresAt, invitationId } = invitation;
  const isExpired = Date.parse(expiresAt) <= format.now;
  const revoke = useMutation({
    mutationFn: () => callApi<void>(`/teams/${teamId}/invitations/${invitationId}`, { method: 'DELETE' }),
    onSuccess: () => toast({ text: texts.revoked(email) }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.invitations(teamId) }),
  });
  const facts = [
    t.access.roles[role],
    texts.by(invitedBy),
    isExpired ? texts.expired : texts.until(format.date(expiresAt)),
  ];
  return (
    <Box component="li" sx={ROW}>
      <Box sx={{ flex: '1 1 200px', minWidth: 0 }}>
        <Box sx={{ fontWeight: 500, overflowWrap: 'anywhere' }}>{email}</Box>
        <Box sx={{ typography: 'body2', color: 'elder.text3', overflowWrap: 'anywhere' }}>{facts.join(' · ')}</Box>
      </Box>
      <Button
        size="small"
        variant="outlined"
        aria-label={texts.revokeOf(email)}
        loading={revoke.isPending}
        onClick={() => revoke.mutate()}
      >
        {texts.revoke}
      </Button>
    </Box>
  );
}
