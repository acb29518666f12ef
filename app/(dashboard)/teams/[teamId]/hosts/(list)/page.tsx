import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { type CameBack, HostsView } from '@/components/hosts/HostsView';
import { Page } from '@/components/shell/Page';
import { RefusedPage } from '@/components/shell/RefusedPage';
import { hasPermission } from '@/lib/auth/permissions';
import { getMessages } from '@/lib/i18n/server';
import { listConnections } from '@/lib/services/connections';
import { teamOfAddress } from '../../load';

interface HostsPageProps {
  params: Promise<{ teamId: string }>;
  searchParams: Promise<{ app?: string | string[] }>;
}

const WAYS_BACK: readonly CameBack[] = ['installed', 'gone', 'failed'];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.hosts.title) };
}

export default async function HostsPage({ params, searchParams }: HostsPageProps) {
  const [{ ctx, team }, t, { app }] = await Promise.all([teamOfAddress(params), getMessages(), searchParams]);
  const { title } = t.hosts;
  const crumbs = [{ label: team.name, href: '/projects' }, { label: title }];
  if (!hasPermission(ctx, team.id, 'project.create')) return <RefusedPage crumbs={crumbs} title={title} />;
  const connections = await listConnections(ctx, team.id);
  return (
    <Page crumbs={crumbs}>
      <Seeded entries={[[queryKeys.connections(team.id), connections]]}>
        <HostsView
          teamId={team.id}
          canManage={hasPermission(ctx, team.id, 'connection.manage')}
          cameBack={WAYS_BACK.find((way) => way === app) ?? null}
        />
      </Seeded>
    </Page>
  );
}
