import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { ComponentsView } from '@/components/components/ComponentsView';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { getComponents } from '@/lib/services/maps';
import { loadOverview } from '../load';

interface ComponentsPageProps {
  params: Promise<{ projectId: string }>;
}

export async function generateMetadata({ params }: ComponentsPageProps): Promise<Metadata> {
  const [{ projectName }, t] = await Promise.all([loadOverview((await params).projectId), getMessages()]);
  return { title: t.common.title(t.components.title, projectName) };
}

export default async function ComponentsPage({ params }: ComponentsPageProps) {
  const { projectId } = await params;
  const [overview, { ctx }, t] = await Promise.all([loadOverview(projectId), pageContext(), getMessages()]);
  const components = await getComponents(ctx, projectId);
  return (
    <Page
      crumbs={[
        { label: t.projects.title, href: '/projects' },
        { label: overview.projectName, href: `/projects/${projectId}` },
        { label: t.components.title },
      ]}
    >
      <Seeded
        entries={[
          [queryKeys.overview(projectId), overview],
          [queryKeys.components(projectId), components],
        ]}
      >
        <ComponentsView projectId={projectId} />
      </Seeded>
    </Page>
  );
}
