import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { DeliveriesView } from '@/components/deliveries/DeliveriesView';
import { PAGE_SIZE, parseDeliveryFilter } from '@/components/deliveries/filter';
import { Page } from '@/components/shell/Page';
import { RefusedPage } from '@/components/shell/RefusedPage';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { listDeliveries } from '@/lib/services/deliveries';
import { loadOverview } from '../../load';

interface DeliveriesPageProps {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: DeliveriesPageProps): Promise<Metadata> {
  const [{ projectName }, t] = await Promise.all([loadOverview((await params).projectId), getMessages()]);
  return { title: t.common.title(t.webhooks.deliveries, projectName) };
}

export default async function Deliveries({ params, searchParams }: DeliveriesPageProps) {
  const { projectId } = await params;
  const [{ projectName, canManage }, { ctx }, search, t] = await Promise.all([
    loadOverview(projectId),
    pageContext(),
    searchParams,
    getMessages(),
  ]);
  const crumbs = [
    { label: t.projects.title, href: '/projects' },
    { label: projectName, href: `/projects/${projectId}` },
    { label: t.webhooks.title, href: `/projects/${projectId}/webhook` },
    { label: t.webhooks.deliveries },
  ];
  if (!canManage) return <RefusedPage crumbs={crumbs} title={t.webhooks.deliveries} />;
  const { status } = parseDeliveryFilter({ get: (name) => [search[name]].flat()[0] ?? null });
  const first = await listDeliveries(ctx, projectId, { limit: PAGE_SIZE, ...(status && { status }) });
  return (
    <Page crumbs={crumbs}>
      <Seeded entries={[[queryKeys.deliveriesOf(projectId, status), { pages: [first], pageParams: [null] }]]}>
        <DeliveriesView projectId={projectId} />
      </Seeded>
    </Page>
  );
}
