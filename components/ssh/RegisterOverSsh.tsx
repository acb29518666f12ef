'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import type { SshHostList, SshKeyView } from '@/lib/schemas/ssh';
import { HostKeys } from './HostKeys';
import { KeyToPaste } from './KeyToPaste';

interface RegisterOverSshProps {
  teamId: string;
  canConfirm: boolean;
  sshKey: SshKeyView | null;
  /** That the check found nobody to have confirmed; null when the host is known. */
  unknownHost: string | null;
  isChecking: boolean;
  onKey: (key: SshKeyView) => void;
  onCheck: () => void;
}

/** What a repository over ssh takes before it can be registered: a host that is known, and a key. */
export function RegisterOverSsh(props: RegisterOverSshProps) {
  const { teamId, canConfirm, sshKey, unknownHost, isChecking, onKey, onCheck } = props;
  const t = useMessages();
  const make = useMutation({
    mutationFn: () => callApi<SshKeyView>(`/teams/${teamId}/ssh-keys`, { method: 'POST' }),
    onSuccess: onKey,
  });
  const hosts = useQuery({
    queryKey: queryKeys.sshHosts(teamId),
    queryFn: ({ signal }) => callApi<SshHostList>(`/teams/${teamId}/host-keys`, { signal }),
    enabled: unknownHost !== null,
    staleTime: 0,
  });
  const host = hosts.data?.items.find((one) => one.host === unknownHost);
  const checkAgain = () => {
    void hosts.refetch();
    onCheck();
  };
  return (
    <Panel title={t.ssh.title} headingId="ssh">
      <Box sx={{ display: 'grid', gap: 4, minWidth: 0 }}>
        {unknownHost !== null && host && (
          <HostKeys teamId={teamId} host={host} canConfirm={canConfirm} onChange={checkAgain} />
        )}
        {hosts.isError && <ErrorNote error={hosts.error} onRetry={() => void hosts.refetch()} />}
        {sshKey ? (
          <>
            <KeyToPaste sshKey={sshKey} />
            <Box>
              <Button variant="outlined" onClick={onCheck} loading={isChecking}>
                {t.register.checkAgain}
              </Button>
            </Box>
          </>
        ) : (
          <>
            <Box component="p" sx={{ color: 'text.secondary' }}>
              {t.ssh.lead}
            </Box>
            {make.isError && <ErrorNote error={make.error} />}
            <Box>
              <Button variant="outlined" onClick={() => make.mutate()} loading={make.isPending}>
                {t.ssh.make}
              </Button>
            </Box>
          </>
        )}
      </Box>
    </Panel>
  );
}
