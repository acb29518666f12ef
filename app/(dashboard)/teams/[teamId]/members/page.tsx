import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { Page } from '@/components/shell/Page';
import { MembersView } from '@/components/team/MembersView';
import { hasPermission } from '@/lib/auth/permissions';
import { getMessages } from '@/lib/i18n/server';
import { listInvitations } from '@/lib/services/invitations';
import { listMembers } from '@/lib/services/members';
import { teamOfAddress } from '../load';

interface MembersPageProps {
  params: Promise<{ teamId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.access.members.title) };
}

export default async function MembersPage({ params }: MembersPageProps) {
  const [{ ctx, team }, t] = await Promise.all([teamOfAddress(params), getMessages()]);
  const [members, invitations] = await Promise.all([
    listMembers(ctx, team.id),
    hasPermission(ctx, team.id, 'member.manage') ? listInvitations(ctx, team.id) : null,
  ]);
  return (
    <Page crumbs={[{ label: team.name, href: '/projects' }, { label: t.access.members.title }]}>
      <Seeded
        entries={[
          [queryKeys.members(team.id), members],
          ...(invitations ? [[queryKeys.invitations(team.id), invitations] as const] : []),
        ]}
      >
        <MembersView team={team} />
      </Seeded>
    </Page>
  );
}
