'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { StatusWord } from '@/components/marks/StatusWord';
import { ROW } from '@/components/team/row-style';
import { AppLink } from '@/components/theme/AppLink';
import { problemText } from '@/lib/i18n/problem-text';
import type { ConnectionView } from '@/lib/schemas/connections';
import { ChangeConnectionDialog } from './ChangeConnectionDialog';
import { ForgetDialog } from './ForgetDialog';
import { HOST_NAMES } from './host-names';

const MARKS = { connected: 'passed', reconnect: 'failed', suspended: 'warning' } as const;

type Opened = 'name' | 'token' | 'forget';

/** A connection, how it stands, and what can be done with it. */
export function ConnectionRow({ teamId, connection }: { teamId: string; connection: ConnectionView }) {
  const t = useMessages();
  const format = useFormat();
  const client = useQueryClient();
  const toast = useToast();
  const [opened, setOpened] = useState<Opened | null>(null);
  const { connectionId, name, provider, baseUrl, kind, account, status, problem, missingScopes } = connection;
  const close = () => setOpened(null);
  const check = useMutation({
    mutationFn: () => callApi<ConnectionView>(`/teams/${teamId}/connections/${connectionId}/check`, { method: 'POST' }),
    onSuccess: async (checked) => {
      if (checked.problem === null) toast({ text: t.hosts.isFine(name) });
      await client.invalidateQueries({ queryKey: queryKeys.connections(teamId) });
    },
  });
  const facts = [
    HOST_NAMES[provider],
    new URL(baseUrl).host,
    t.hosts.kinds[kind],
    account && t.hosts.account(account),
    t.hosts.projects(format.number(connection.projects)),
    connection.expiresAt && t.hosts.expires(format.date(connection.expiresAt)),
    connection.checkedAt && t.hosts.checked(format.ago(connection.checkedAt)),
  ].filter(Boolean);
  const trouble =
    missingScopes.length > 0
      ? t.hosts.lacks(missingScopes.join(t.common.comma))
      : problem && t.hosts.hostSaid(problemText(t, problem));
  return (
    <Box component="li" sx={ROW}>
      <Box sx={{ flex: '1 1 320px', minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 3 }}>
          <Box component="span" sx={{ fontWeight: 500, overflowWrap: 'anywhere' }}>
            {name}
          </Box>
          <StatusWord status={MARKS[status]}>{t.hosts.status[status]}</StatusWord>
        </Box>
        <Box sx={{ typography: 'body2', color: 'elder.text3', overflowWrap: 'anywhere' }}>{facts.join(' · ')}</Box>
        {trouble && <Box sx={{ typography: 'body2', color: 'text.secondary' }}>{trouble}</Box>}
        {status !== 'connected' && (
          <Box sx={{ typography: 'body2', color: 'text.secondary' }}>{t.hosts.statusHelp[status]}</Box>
        )}
        {check.isError && <ErrorNote error={check.error} />}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        {status === 'connected' && (
          <Button
            size="small"
            variant="outlined"
            component={AppLink}
            href={`/teams/${teamId}/hosts/${connectionId}`}
            aria-label={t.hosts.importOf(name)}
          >
            {t.hosts.import}
          </Button>
        )}
        {connection.canManage && (
          <>
            <Button
              size="small"
              variant="outlined"
              loading={check.isPending}
              aria-label={t.hosts.checkOf(name)}
              onClick={() => check.mutate()}
            >
              {t.hosts.check}
            </Button>
            <Button size="small" aria-label={t.hosts.renameOf(name)} onClick={() => setOpened('name')}>
              {t.hosts.rename}
            </Button>
            {kind === 'token' && (
              <Button size="small" aria-label={t.hosts.replaceOf(name)} onClick={() => setOpened('token')}>
                {t.hosts.replace}
              </Button>
            )}
            <Button size="small" aria-label={t.hosts.forgetOf(name)} onClick={() => setOpened('forget')}>
              {t.hosts.forget}
            </Button>
          </>
        )}
      </Box>
      {opened === 'forget' && <ForgetDialog teamId={teamId} connection={connection} onClose={close} />}
      {(opened === 'name' || opened === 'token') && (
        <ChangeConnectionDialog teamId={teamId} connection={connection} part={opened} onClose={close} />
      )}
    </Box>
  );
}
