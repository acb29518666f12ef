'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import type { MemberList, TeamRole } from '@/lib/schemas/teams';
import { InvitationsPanel } from './InvitationsPanel';
import { InviteDialog } from './InviteDialog';
import { MemberRow } from './MemberRow';
import { isAtLeast } from './roles';
import { ServiceAccountDialog } from './ServiceAccountDialog';
import { TeamMenu } from './TeamMenu';

/** Who is in the team, and who was asked in. */
export function MembersView({ team }: { team: { id: string; name: string; role: TeamRole } }) {
  const t = useMessages();
  const format = useFormat();
  const [dialog, setDialog] = useState<'invite' | 'service' | null>(null);
  const mayManage = isAtLeast(team.role, 'admin');
  const query = useQuery({
    queryKey: queryKeys.members(team.id),
    queryFn: ({ signal }) => callApi<MemberList>(`/teams/${team.id}/members`, { signal }),
  });
  const members = query.data?.items ?? [];
  const services = members.filter(({ kind }) => kind === 'service').length;
  const lead = [
    t.access.people(format.number(members.length - services)),
    ...(services > 0 ? [t.access.services(format.number(services))] : []),
  ];
  return (
    <>
      <PageHeader
        title={t.access.members.title}
        lead={lead.join(t.common.comma)}
        action={
          mayManage && (
            <>
              <Button variant="contained" onClick={() => setDialog('invite')}>
                {t.access.invite.button}
              </Button>
              <Button variant="outlined" onClick={() => setDialog('service')}>
                {t.access.service.button}
              </Button>
              <TeamMenu team={team} />
            </>
          )
        }
      />
      <Box sx={{ display: 'grid', gap: 4, maxWidth: 960 }}>
        {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
        <Panel isFlush>
          <Box component="ul" aria-label={t.access.members.list}>
            {members.map((member) => (
              <MemberRow key={member.userId} team={team} member={member} />
            ))}
          </Box>
        </Panel>
        {mayManage && <InvitationsPanel teamId={team.id} />}
      </Box>
      {dialog === 'invite' && <InviteDialog team={team} onClose={() => setDialog(null)} />}
      {dialog === 'service' && <ServiceAccountDialog team={team} onClose={() => setDialog(null)} />}
    </>
  );
}
