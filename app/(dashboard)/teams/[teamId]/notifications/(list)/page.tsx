import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { ChannelsView } from '@/components/notifications/ChannelsView';
import { Page } from '@/components/shell/Page';
import { RefusedPage } from '@/components/shell/RefusedPage';
import { hasPermission } from '@/lib/auth/permissions';
import { getMessages } from '@/lib/i18n/server';
import { listChannels } from '@/lib/services/notifications/channels';
import { teamOfAddress } from '../../load';

interface NotificationsPageProps {
  params: Promise<{ teamId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.notifications.title) };
}

export default async function NotificationsPage({ params }: NotificationsPageProps) {
  const [{ ctx, team }, t] = await Promise.all([teamOfAddress(params), getMessages()]);
  const { title } = t.notifications;
  const crumbs = [{ label: team.name, href: '/projects' }, { label: title }];
  if (!hasPermission(ctx, team.id, 'channel.manage')) return <RefusedPage crumbs={crumbs} title={title} />;
  const channels = await listChannels(ctx, team.id);
  return (
    <Page crumbs={crumbs}>
      <Seeded entries={[[queryKeys.channels(team.id), channels]]}>
        <ChannelsView teamId={team.id} />
      </Seeded>
    </Page>
  );
}
