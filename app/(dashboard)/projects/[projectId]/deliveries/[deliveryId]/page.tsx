import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import * as z from 'zod';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { DeliveryView } from '@/components/deliveries/DeliveryView';
import { Page } from '@/components/shell/Page';
import { RefusedPage } from '@/components/shell/RefusedPage';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { getDelivery } from '@/lib/services/deliveries';
import { orNull } from '@/lib/services/or-null';
import { loadOverview } from '../../load';

interface DeliveryPageProps {
  params: Promise<{ projectId: string; deliveryId: string }>;
}

export async function generateMetadata({ params }: DeliveryPageProps): Promise<Metadata> {
  const [{ projectName }, t] = await Promise.all([loadOverview((await params).projectId), getMessages()]);
  return { title: t.common.title(t.webhooks.detail, projectName) };
}

export default async function Delivery({ params }: DeliveryPageProps) {
  const { projectId, deliveryId } = await params;
  const [{ projectName, canManage }, { ctx }, t] = await Promise.all([
    loadOverview(projectId),
    pageContext(),
    getMessages(),
  ]);
  const crumbs = [
    { label: t.projects.title, href: '/projects' },
    { label: projectName, href: `/projects/${projectId}` },
    { label: t.webhooks.deliveries, href: `/projects/${projectId}/deliveries` },
    { label: t.webhooks.detail },
  ];
  if (!canManage) return <RefusedPage crumbs={crumbs} title={t.webhooks.detail} />;
  const isId = z.uuid().safeParse(deliveryId).success;
  const delivery = (isId ? await orNull(getDelivery(ctx, projectId, deliveryId)) : null) ?? notFound();
  return (
    <Page crumbs={crumbs}>
      <Seeded entries={[[queryKeys.delivery(projectId, deliveryId), delivery]]}>
        <DeliveryView projectId={projectId} deliveryId={deliveryId} />
      </Seeded>
    </Page>
  );
}
