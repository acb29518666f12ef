import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { Page } from '@/components/shell/Page';
import { RefusedPage } from '@/components/shell/RefusedPage';
import { WebhookPage } from '@/components/webhook/WebhookPage';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { getWebhook } from '@/lib/services/project-webhooks';
import { loadOverview } from '../load';

interface WebhookPageProps {
  params: Promise<{ projectId: string }>;
}

export async function generateMetadata({ params }: WebhookPageProps): Promise<Metadata> {
  const [{ projectName }, t] = await Promise.all([loadOverview((await params).projectId), getMessages()]);
  return { title: t.common.title(t.webhooks.title, projectName) };
}

export default async function Webhook({ params }: WebhookPageProps) {
  const { projectId } = await params;
  const [{ projectName, canManage }, { ctx }, t] = await Promise.all([
    loadOverview(projectId),
    pageContext(),
    getMessages(),
  ]);
  const crumbs = [
    { label: t.projects.title, href: '/projects' },
    { label: projectName, href: `/projects/${projectId}` },
    { label: t.webhooks.title },
  ];
  if (!canManage) return <RefusedPage crumbs={crumbs} title={t.webhooks.title} />;
  const view = await getWebhook(ctx, projectId);
  return (
    <Page crumbs={crumbs}>
      <Seeded entries={[[queryKeys.webhookOf(projectId, null), view]]}>
        <WebhookPage projectId={projectId} />
      </Seeded>
    </Page>
  );
}
