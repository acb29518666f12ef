import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { groupNames } from '@/components/project/names';
import { ProjectView } from '@/components/project/ProjectView';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getLocale, getMessages } from '@/lib/i18n/server';
import { REMARKS } from '@/lib/magics/predictive/top-files';
import { listProjectMagics } from '@/lib/services/magics';
import { loadOverview } from '../load';

interface ProjectPageProps {
  params: Promise<{ projectId: string }>;
}

export async function generateMetadata({ params }: ProjectPageProps): Promise<Metadata> {
  const [{ projectName }, t] = await Promise.all([loadOverview((await params).projectId), getMessages()]);
  return { title: t.common.title(projectName) };
}

export default async function ProjectPage({ params }: ProjectPageProps) {
  const { projectId } = await params;
  const { ctx } = await pageContext();
  const [overview, t, { language }] = await Promise.all([loadOverview(projectId), getMessages(), getLocale()]);
  const magics = await listProjectMagics(ctx, projectId);
  const remarks = Object.fromEntries(Object.entries(REMARKS).map(([id, text]) => [id, text[language]]));
  return (
    <Page crumbs={[{ label: t.projects.title, href: '/projects' }, { label: overview.projectName }]}>
      <Seeded entries={[[queryKeys.overview(projectId), overview]]}>
        <ProjectView projectId={projectId} names={{ groups: groupNames(magics, language), remarks }} />
      </Seeded>
    </Page>
  );
}
