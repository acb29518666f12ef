import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { PAGE_SIZE } from '@/components/audits/page-size';
import { ProjectAudits } from '@/components/project/ProjectAudits';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { listAudits } from '@/lib/services/audits';
import { loadOverview } from '../load';

interface ProjectAuditsPageProps {
  params: Promise<{ projectId: string }>;
}

export async function generateMetadata({ params }: ProjectAuditsPageProps): Promise<Metadata> {
  const [{ projectName }, t] = await Promise.all([loadOverview((await params).projectId), getMessages()]);
  return { title: t.common.title(t.project.audits.title, projectName) };
}

export default async function ProjectAuditsPage({ params }: ProjectAuditsPageProps) {
  const { projectId } = await params;
  const [overview, { ctx }, t] = await Promise.all([loadOverview(projectId), pageContext(), getMessages()]);
  const first = await listAudits(ctx, { projectId, limit: PAGE_SIZE });
  return (
    <Page
      crumbs={[
        { label: t.projects.title, href: '/projects' },
        { label: overview.projectName, href: `/projects/${projectId}` },
        { label: t.project.audits.title },
      ]}
    >
      <Seeded
        entries={[
          [queryKeys.overview(projectId), overview],
          [queryKeys.auditsOf({ projectId }), { pages: [first], pageParams: [null] }],
        ]}
      >
        <ProjectAudits projectId={projectId} />
      </Seeded>
    </Page>
  );
}
