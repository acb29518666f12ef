import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { ProjectHistoryView } from '@/components/policy-history/ProjectHistoryView';
import { VERSIONS_A_PAGE } from '@/components/policy-history/page-size';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { getConfiguration } from '@/lib/services/configuration';
import { getProjectConfiguration, listOverrideVersions } from '@/lib/services/project-configuration';
import { loadOverview } from '../../load';

interface ProjectHistoryPageProps {
  params: Promise<{ projectId: string }>;
}

export async function generateMetadata({ params }: ProjectHistoryPageProps): Promise<Metadata> {
  const [{ projectName }, t] = await Promise.all([loadOverview((await params).projectId), getMessages()]);
  return { title: t.common.title(t.policy.project.history, projectName) };
}

export default async function ProjectHistoryPage({ params }: ProjectHistoryPageProps) {
  const { projectId } = await params;
  const [{ projectName, teamId, teamName }, { ctx }, t] = await Promise.all([
    loadOverview(projectId),
    pageContext(),
    getMessages(),
  ]);
  const [view, team, versions] = await Promise.all([
    getProjectConfiguration(ctx, projectId),
    getConfiguration(ctx, teamId),
    listOverrideVersions(ctx, projectId, { limit: VERSIONS_A_PAGE }),
  ]);
  return (
    <Page
      crumbs={[
        { label: t.projects.title, href: '/projects' },
        { label: projectName, href: `/projects/${projectId}` },
        { label: t.policy.project.title, href: `/projects/${projectId}/configuration` },
        { label: t.policy.history.title },
      ]}
    >
      <Seeded
        entries={[
          [queryKeys.projectConfiguration(projectId), view],
          [queryKeys.configuration(teamId), team],
          [queryKeys.projectConfigurationHistory(projectId), { pages: [versions], pageParams: [null] }],
        ]}
      >
        <ProjectHistoryView project={{ id: projectId, name: projectName }} team={{ id: teamId, name: teamName }} />
      </Seeded>
    </Page>
  );
}
