'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { ROW } from '@/components/team/row-style';
import { AppLink } from '@/components/theme/AppLink';
import type { ConnectionList } from '@/lib/schemas/connections';
import { ConnectDialog } from './ConnectDialog';
import { ConnectionRow } from './ConnectionRow';

export type CameBack = 'installed' | 'gone' | 'failed';

interface HostsViewProps {
  teamId: string;
  canManage: boolean;
  /** From the pages of a host, where an App was made or installed. */
  cameBack: CameBack | null;
}

/** Accounts at Git hosts that the team lets us use. */
export function HostsView({ teamId, canManage, cameBack }: HostsViewProps) {
  const t = useMessages();
  const [isConnecting, setConnecting] = useState(false);
  const query = useQuery({
    queryKey: queryKeys.connections(teamId),
    queryFn: ({ signal }) => callApi<ConnectionList>(`/teams/${teamId}/connections`, { signal }),
  });
  const { items = [], apps = [] } = query.data ?? {};
  return (
    <>
      <PageHeader
        title={t.hosts.title}
        lead={t.hosts.lead}
        action={
          canManage && (
            <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
              <Button variant="outlined" component={AppLink} href={`/teams/${teamId}/hosts/app`}>
                {t.hosts.connectApp}
              </Button>
              <Button variant="contained" onClick={() => setConnecting(true)}>
                {t.hosts.connect}
              </Button>
            </Box>
          )
        }
      />
      <Box sx={{ display: 'grid', gap: 4, maxWidth: 960 }}>
        {cameBack && (
          <Note status={cameBack === 'installed' ? 'passed' : 'error'} role="status">
            {t.hosts.app[cameBack]}
          </Note>
        )}
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        <Panel isFlush>
          {query.data && items.length === 0 && <EmptyState title={t.hosts.none} />}
          {items.length > 0 && (
            <Box component="ul" aria-label={t.hosts.list}>
              {items.map((connection) => (
                <ConnectionRow key={connection.connectionId} teamId={teamId} connection={connection} />
              ))}
            </Box>
          )}
        </Panel>
        {canManage && apps.length > 0 && (
          <Panel isFlush title={t.hosts.app.list} headingId="apps">
            <Box component="ul">
              {apps.map(({ appId, name, baseUrl }) => (
                <Box component="li" key={appId} sx={ROW}>
                  <Box sx={{ flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' }}>
                    <Box sx={{ fontWeight: 500 }}>{name}</Box>
                    <Box sx={{ typography: 'body2', color: 'elder.text3' }}>{new URL(baseUrl).host}</Box>
                  </Box>
                  {/* Leads to the host: not fetched before it is asked for. */}
                  <Button
                    component="a"
                    size="small"
                    variant="outlined"
                    href={`/teams/${teamId}/hosts/app/install?app=${appId}`}
                    aria-label={t.hosts.app.installMoreOf(name)}
                  >
                    {t.hosts.app.installMore}
                  </Button>
                </Box>
              ))}
            </Box>
          </Panel>
        )}
      </Box>
      {isConnecting && <ConnectDialog teamId={teamId} onClose={() => setConnecting(false)} />}
    </>
  );
}
