import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ChannelEditor } from '@/components/notifications/ChannelEditor';
import { Page } from '@/components/shell/Page';
import { RefusedPage } from '@/components/shell/RefusedPage';
import { hasPermission } from '@/lib/auth/permissions';
import { getMessages } from '@/lib/i18n/server';
import { getChannel } from '@/lib/services/notifications/channels';
import { messagePreviews } from '@/lib/services/notifications/previews';
import { listProjectNames } from '@/lib/services/notifications/project-names';
import { orNull } from '@/lib/services/or-null';
import { teamOfAddress } from '../../load';

interface ChannelPageProps {
  params: Promise<{ teamId: string; channelId: string }>;
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.notifications.title) };
}

export default async function ChannelPage({ params }: ChannelPageProps) {
  const [{ ctx, team }, { channelId }, t] = await Promise.all([teamOfAddress(params), params, getMessages()]);
  const { title } = t.notifications;
  const above = [
    { label: team.name, href: '/projects' },
    { label: title, href: `/teams/${team.id}/notifications` },
  ];
  if (!hasPermission(ctx, team.id, 'channel.manage')) return <RefusedPage crumbs={above} title={title} />;
  if (!UUID.test(channelId)) notFound();
  const [channel, projects] = await Promise.all([
    orNull(getChannel(ctx, team.id, channelId)),
    listProjectNames(ctx, team.id),
  ]);
  if (!channel) notFound();
  return (
    <Page crumbs={[...above, { label: channel.name }]}>
      <ChannelEditor
        key={channelId}
        teamId={team.id}
        initial={channel}
        projects={projects}
        previews={messagePreviews(team.id)}
      />
    </Page>
  );
}
