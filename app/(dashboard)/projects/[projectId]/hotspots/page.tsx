import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { HotspotsView } from '@/components/hotspots/HotspotsView';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { getHotspots } from '@/lib/services/maps';
import { loadOverview } from '../load';

interface HotspotsPageProps {
  params: Promise<{ projectId: string }>;
}

export async function generateMetadata({ params }: HotspotsPageProps): Promise<Metadata> {
  const [{ projectName }, t] = await Promise.all([loadOverview((await params).projectId), getMessages()]);
  return { title: t.common.title(t.hotspots.title, projectName) };
}

export default async function HotspotsPage({ params }: HotspotsPageProps) {
  const { projectId } = await params;
  const [overview, { ctx }, t] = await Promise.all([loadOverview(projectId), pageContext(), getMessages()]);
  const hotspots = await getHotspots(ctx, projectId);
  return (
    <Page
      crumbs={[
        { label: t.projects.title, href: '/projects' },
        { label: overview.projectName, href: `/projects/${projectId}` },
        { label: t.hotspots.title },
      ]}
    >
      <Seeded
        entries={[
          [queryKeys.overview(projectId), overview],
          [queryKeys.hotspots(projectId), hotspots],
        ]}
      >
        <HotspotsView projectId={projectId} />
      </Seeded>
    </Page>
  );
}
