import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { Page } from '@/components/shell/Page';
import { RefusedPage } from '@/components/shell/RefusedPage';
import { TokensView } from '@/components/team/TokensView';
import { hasPermission } from '@/lib/auth/permissions';
import { getMessages } from '@/lib/i18n/server';
import { listMembers } from '@/lib/services/members';
import { listTokens } from '@/lib/services/tokens';
import { teamOfAddress } from '../load';

interface TokensPageProps {
  params: Promise<{ teamId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.access.tokens.title) };
}

export default async function TokensPage({ params }: TokensPageProps) {
  const [{ ctx, team }, t] = await Promise.all([teamOfAddress(params), getMessages()]);
  const { title } = t.access.tokens;
  const crumbs = [{ label: team.name, href: '/projects' }, { label: title }];
  if (!hasPermission(ctx, team.id, 'token.manage')) return <RefusedPage crumbs={crumbs} title={title} />;
  const [tokens, members] = await Promise.all([listTokens(ctx, team.id), listMembers(ctx, team.id)]);
  return (
    <Page crumbs={crumbs}>
      <Seeded
        entries={[
          [queryKeys.tokens(team.id), tokens],
          [queryKeys.members(team.id), members],
        ]}
      >
        <TokensView team={team} />
      </Seeded>
    </Page>
  );
}
