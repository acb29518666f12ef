'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { callApi, problemOf } from '@/components/api/client';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { useToast } from '@/components/feedback/ToastProvider';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { SshHostView } from '@/lib/schemas/ssh';

interface HostKeysProps {
  teamId: string;
  host: SshHostView;
  canConfirm: boolean;
  /** It is known by the keys it shows, or shows others by now. */
  onChange: () => void;
}

/** By which keys a host is known, and those it shows that wait for a person. */
export function HostKeys({ teamId, host, canConfirm, onChange }: HostKeysProps) {
  const t = useMessages();
  const format = useFormat();
  const toast = useToast();
  const texts = t.ssh.host;
  const offered = host.offeredKeys.map(({ fingerprint }) => fingerprint);
  const confirm = useMutation({
    mutationFn: () =>
      callApi<SshHostView>(`/teams/${teamId}/host-keys/${encodeURIComponent(host.host)}`, {
        method: 'PUT',
        body: { fingerprints: offered },
      }),
    onSuccess: () => {
      toast({ text: texts.confirmedNow(host.host) });
      onChange();
    },
    onError: (error) => problemOf(error).code === 'conflict' && onChange(),
  });
  const isConflict = confirm.isError && problemOf(confirm.error).code === 'conflict';
  return (
    <Box sx={{ display: 'grid', gap: 3, minWidth: 0 }}>
      <Box component="h3" sx={{ typography: 'h3', overflowWrap: 'anywhere' }}>
        {texts.title(host.host)}
      </Box>
      {offered.length > 0 ? (
        <Note status={host.status === 'changed' ? 'failed' : 'inconclusive'}>
          {host.status === 'changed' ? texts.changed : texts.waiting}
        </Note>
      ) : (
        <Box component="p" sx={{ color: 'text.secondary' }}>
          {host.confirmedAt
            ? texts.confirmed(format.dateTime(host.confirmedAt))
            : host.keys.length > 0
              ? texts.published
              : texts.unseen}
        </Box>
      )}
      {host.keys.length > 0 && <Keys title={texts.known} keys={host.keys} />}
      {offered.length > 0 && <Keys title={texts.offered} keys={host.offeredKeys} />}
      {confirm.isError && <ErrorNote error={confirm.error} {...(isConflict && { text: texts.conflict })} />}
      {offered.length > 0 &&
        (canConfirm ? (
          <Box>
            <Button variant="outlined" onClick={() => confirm.mutate()} loading={confirm.isPending}>
              {texts.confirm}
            </Button>
          </Box>
        ) : (
          <Box component="p" sx={{ color: 'text.secondary' }}>
            {texts.askAdmin}
          </Box>
        ))}
    </Box>
  );
}

function Keys({ title, keys }: { title: string; keys: SshHostView['keys'] }) {
  return (
    <Box component="dl" sx={{ display: 'grid', gap: 1, m: 0 }}>
      <Box component="dt" sx={{ fontWeight: 500 }}>
        {title}
      </Box>
      {keys.map(({ type, fingerprint }) => (
        <Box component="dd" key={fingerprint} sx={{ m: 0, typography: 'body2', overflowWrap: 'anywhere' }}>
          <code>{fingerprint}</code>{' '}
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {type}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
