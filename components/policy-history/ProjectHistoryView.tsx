'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { Note } from '@/components/feedback/Note';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { PhoneBack } from '@/components/layout/PhoneBack';
import { Icon } from '@/components/marks/Icon';
import { useConfiguration } from '@/components/policy/use-configuration';
import { AppLink } from '@/components/theme/AppLink';
import type { ProjectConfigurationView } from '@/lib/schemas/configuration';
import { VersionsList } from './VersionsList';
import { ownerOfProject } from './versions-owner';

interface ProjectHistoryViewProps {
  project: { id: string; name: string };
  team: { id: string; name: string };
}

/** Every version of what a project sets for itself, newest first. */
export function ProjectHistoryView({ project, team }: ProjectHistoryViewProps) {
  const t = useMessages();
  const words = t.policy.project;
  const { data: teamView } = useConfiguration(team.id);
  const { data: view } = useQuery({
    queryKey: queryKeys.projectConfiguration(project.id),
    queryFn: ({ signal }) => callApi<ProjectConfigurationView>(`/projects/${project.id}/configuration`, { signal }),
  });
  const settings = `/projects/${project.id}/configuration`;
  return (
    <>
      <PhoneBack href={settings}>{words.title}</PhoneBack>
      <PageHeader
        title={words.history}
        lead={words.historyLead}
        action={
          <Button
            variant="outlined"
            component={AppLink}
            href={settings}
            startIcon={<Icon name="sliders" size={14} />}
            sx={{ display: { xs: 'none', md: 'inline-flex' } }}
          >
            {words.title}
          </Button>
        }
      />
      {view && !view.canChange && (
        <Box sx={{ mb: 4 }}>
          <Note>{t.policy.viewer(team.name)}</Note>
        </Box>
      )}
      {view && teamView && (
        <VersionsList
          owner={ownerOfProject(view, teamView.availableOptions)}
          label={words.history}
          empty={words.historyEmpty}
        />
      )}
    </>
  );
}
