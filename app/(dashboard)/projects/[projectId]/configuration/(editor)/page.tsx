import '@fontsource-variable/jetbrains-mono/wght.css';
import Box from '@mui/material/Box';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { ProjectConfigurationEditor } from '@/components/project-configuration/ProjectConfigurationEditor';
import { Page } from '@/components/shell/Page';
import { AccessPanel } from '@/components/ssh/AccessPanel';
import { pageContext } from '@/lib/auth/page-context';
import { hasPermission } from '@/lib/auth/permissions';
import { getMessages } from '@/lib/i18n/server';
import { getConfiguration } from '@/lib/services/configuration';
import { getProjectConfiguration } from '@/lib/services/project-configuration';
import { getDeployKey } from '@/lib/services/ssh-keys';
import { loadOverview } from '../../load';

interface ProjectConfigurationPageProps {
  params: Promise<{ projectId: string }>;
}

export async function generateMetadata({ params }: ProjectConfigurationPageProps): Promise<Metadata> {
  const [{ projectName }, t] = await Promise.all([loadOverview((await params).projectId), getMessages()]);
  return { title: t.common.title(t.policy.project.title, projectName) };
}

export default async function ProjectConfigurationPage({ params }: ProjectConfigurationPageProps) {
  const { projectId } = await params;
  const [{ projectName, teamId, teamName }, { ctx }, t] = await Promise.all([
    loadOverview(projectId),
    pageContext(),
    getMessages(),
  ]);
  const [view, team, deployKey] = await Promise.all([
    getProjectConfiguration(ctx, projectId),
    getConfiguration(ctx, teamId),
    hasPermission(ctx, teamId, 'project.manage') ? getDeployKey(ctx, projectId) : null,
  ]);
  return (
    <Page
      crumbs={[
        { label: t.projects.title, href: '/projects' },
        { label: projectName, href: `/projects/${projectId}` },
        { label: t.policy.project.title },
      ]}
    >
      <Seeded
        entries={[
          [queryKeys.projectConfiguration(projectId), view],
          [queryKeys.configuration(teamId), team],
          ...(deployKey ? ([[queryKeys.deployKey(projectId), deployKey]] as const) : []),
        ]}
      >
        <ProjectConfigurationEditor
          project={{ id: projectId, name: projectName }}
          team={{ id: teamId, name: teamName }}
        />
        {deployKey && (
          <Box sx={{ mt: 5, maxWidth: 960 }}>
            <AccessPanel project={{ id: projectId }} teamId={teamId} />
          </Box>
        )}
      </Seeded>
    </Page>
  );
}
