import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { NewChannelView } from '@/components/notifications/NewChannelView';
import { Page } from '@/components/shell/Page';
import { RefusedPage } from '@/components/shell/RefusedPage';
import { hasPermission } from '@/lib/auth/permissions';
import { getFormat, getMessages } from '@/lib/i18n/server';
import { CHANNEL_KINDS } from '@/lib/schemas/channel-kinds';
import { DEFAULT_SETTINGS } from '@/lib/schemas/channels';
import { listChannels } from '@/lib/services/notifications/channels';
import { messagePreviews } from '@/lib/services/notifications/previews';
import { listProjectNames } from '@/lib/services/notifications/project-names';
import { teamOfAddress } from '../../../load';

interface NewChannelPageProps {
  params: Promise<{ teamId: string; kind: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.notifications.add, t.notifications.title) };
}

export default async function NewChannelPage({ params }: NewChannelPageProps) {
  const [{ ctx, team }, { kind: asked }, t, format] = await Promise.all([
    teamOfAddress(params),
    params,
    getMessages(),
    getFormat(),
  ]);
  const kind = CHANNEL_KINDS.find((one) => one === asked) ?? notFound();
  const { title, add } = t.notifications;
  const crumbs = [
    { label: team.name, href: '/projects' },
    { label: title, href: `/teams/${team.id}/notifications` },
    { label: add },
  ];
  if (!hasPermission(ctx, team.id, 'channel.manage')) return <RefusedPage crumbs={crumbs} title={title} />;
  const [{ isMailSetUp }, projects] = await Promise.all([listChannels(ctx, team.id), listProjectNames(ctx, team.id)]);
  const { language, timeZone } = format;
  return (
    <Page crumbs={crumbs}>
      <NewChannelView
        teamId={team.id}
        kind={kind}
        settings={{ ...DEFAULT_SETTINGS, language, timeZone }}
        isMailSetUp={isMailSetUp}
        projects={projects}
        previews={messagePreviews(team.id)}
      />
    </Page>
  );
}
