import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ImportView } from '@/components/hosts/ImportView';
import { Page } from '@/components/shell/Page';
import { RefusedPage } from '@/components/shell/RefusedPage';
import { hasPermission } from '@/lib/auth/permissions';
import { getMessages } from '@/lib/i18n/server';
import { listConnections } from '@/lib/services/connections';
import { teamOfAddress } from '../../load';

interface ImportPageProps {
  params: Promise<{ teamId: string; connectionId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.hosts.importPage.title) };
}

export default async function ImportPage({ params }: ImportPageProps) {
  const [{ ctx, team }, t, { connectionId }] = await Promise.all([teamOfAddress(params), getMessages(), params]);
  const { title } = t.hosts.importPage;
  const crumbs = [
    { label: team.name, href: '/projects' },
    { label: t.hosts.title, href: `/teams/${team.id}/hosts` },
    { label: title },
  ];
  if (!hasPermission(ctx, team.id, 'project.create')) return <RefusedPage crumbs={crumbs} title={title} />;
  const { items } = await listConnections(ctx, team.id);
  const connection = items.find((one) => one.connectionId === connectionId) ?? notFound();
  return (
    <Page crumbs={crumbs}>
      <ImportView teamId={team.id} connection={connection} />
    </Page>
  );
}
