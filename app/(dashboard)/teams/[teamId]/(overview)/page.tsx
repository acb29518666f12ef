import type { Metadata } from 'next';
import { Page } from '@/components/shell/Page';
import { TeamOverview } from '@/components/team/TeamOverview';
import { hasPermission } from '@/lib/auth/permissions';
import { getMessages } from '@/lib/i18n/server';
import { listInvitations } from '@/lib/services/invitations';
import { listMembers } from '@/lib/services/members';
import { listChannels } from '@/lib/services/notifications/channels';
import { getPortfolio } from '@/lib/services/portfolio';
import { listTeamMagics } from '@/lib/services/team-magics';
import { listTokens } from '@/lib/services/tokens';
import { teamOfAddress } from '../load';

interface TeamPageProps {
  params: Promise<{ teamId: string }>;
}

/** So many projects fit beside the magics. */
const SHOWN_PROJECTS = 8;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.teamOverview.title) };
}

export default async function TeamPage({ params }: TeamPageProps) {
  const [{ ctx, team }, t] = await Promise.all([teamOfAddress(params), getMessages()]);
  const [portfolio, magics, members, invitations, tokens, channels] = await Promise.all([
    getPortfolio(ctx, { teamId: team.id, sort: 'health', limit: SHOWN_PROJECTS }),
    listTeamMagics(ctx, team.id),
    listMembers(ctx, team.id),
    hasPermission(ctx, team.id, 'member.manage') ? listInvitations(ctx, team.id) : null,
    hasPermission(ctx, team.id, 'token.manage') ? listTokens(ctx, team.id) : null,
    hasPermission(ctx, team.id, 'channel.manage') ? listChannels(ctx, team.id) : null,
  ]);
  return (
    <Page crumbs={[{ label: team.name, href: '/projects' }, { label: t.teamOverview.title }]}>
      <TeamOverview
        team={team}
        portfolio={portfolio}
        magics={magics.items}
        members={members.items}
        invitations={invitations?.items ?? null}
        tokens={tokens?.items ?? null}
        disabledChannels={channels?.items.filter(({ status }) => status === 'disabled').length ?? 0}
      />
    </Page>
  );
}
