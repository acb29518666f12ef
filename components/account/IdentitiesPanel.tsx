'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ProviderButtons } from '@/components/auth/ProviderButtons';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { useToast } from '@/components/feedback/ToastProvider';
import { reasonText } from '@/components/forms/reason-text';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { ROW } from '@/components/team/row-style';
import type { IdentityList, IdentityView } from '@/lib/schemas/identities';

/** Providers that are connected and those that can be; nothing where the server is set up with none. */
export function IdentitiesPanel({ isRefused }: { isRefused: boolean }) {
  const t = useMessages();
  const texts = t.access.account;
  const query = useQuery({
    queryKey: queryKeys.identities,
    queryFn: ({ signal }) => callApi<IdentityList>('/me/identities', { signal }),
  });
  const { items = [], providers = [] } = query.data ?? {};
  if (items.length === 0 && providers.length === 0) return null;
  return (
    <Panel title={texts.identities} headingId="account-identities" isFlush>
      {isRefused && (
        <Box sx={{ p: 4, pb: 0 }}>
          <Note role="alert" status="error">
            {texts.connectRefused}
          </Note>
        </Box>
      )}
      {items.length > 0 && (
        <Box component="ul" aria-label={texts.identities}>
          {items.map((identity) => (
            <IdentityRow key={identity.identityId} identity={identity} />
          ))}
        </Box>
      )}
      {providers.length > 0 && (
        <Box sx={{ p: 4, maxWidth: 400 }}>
          <ProviderButtons providers={providers} label={texts.connect} next="/account" />
        </Box>
      )}
    </Panel>
  );
}

function IdentityRow({ identity }: { identity: IdentityView }) {
  const t = useMessages();
  const texts = t.access.account;
  const format = useFormat();
  const client = useQueryClient();
  const toast = useToast();
  const { identityId, provider, label, connectedAt } = identity;
  const disconnect = useMutation({
    mutationFn: () => callApi<void>(`/me/identities/${identityId}`, { method: 'DELETE' }),
    onSuccess: () => toast({ text: texts.disconnected(provider) }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.identities }),
  });
  return (
    <Box component="li" sx={ROW}>
      <Box sx={{ flex: '1 1 200px', minWidth: 0, overflowWrap: 'anywhere' }}>
        <Box sx={{ fontWeight: 500 }}>{provider}</Box>
        <Box sx={{ typography: 'body2', color: 'elder.text3' }}>
          {label} · {texts.since(format.date(connectedAt))}
        </Box>
        {disconnect.isError && <ErrorNote error={disconnect.error} text={reasonText(t, disconnect.error)} />}
      </Box>
      <Button
        size="small"
        variant="outlined"
        aria-label={texts.disconnectOf(provider)}
        loading={disconnect.isPending}
        onClick={() => disconnect.mutate()}
      >
        {texts.disconnect}
      </Button>
    </Box>
  );
}
