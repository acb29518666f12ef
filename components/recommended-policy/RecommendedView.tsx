'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { PanelSkeleton } from '@/components/feedback/Skeletons';
import { SelectField } from '@/components/forms/SelectField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { PhoneBack } from '@/components/layout/PhoneBack';
import { Icon } from '@/components/marks/Icon';
import { ConfigurationForm } from '@/components/policy/ConfigurationForm';
import { useConfiguration } from '@/components/policy/use-configuration';
import { useDraft } from '@/components/policy/use-draft';
import { useHeldVersion } from '@/components/policy/use-held-version';
import { useTeamPreview } from '@/components/policy/use-preview';
import { useTeamSave } from '@/components/policy/use-team-save';
import { useAddress } from '@/components/project/use-address';
import { AppLink } from '@/components/theme/AppLink';
import type { ConfigurationView, RecommendedPolicy } from '@/lib/schemas/configuration';
import { DifferencesPanel } from './DifferencesPanel';
import { ReasonsPanel } from './ReasonsPanel';

interface RecommendedViewProps {
  team: { id: string; name: string };
  /** Of the team, by name. */
  projects: readonly { projectId: string; projectName: string }[];
}

/** A policy that suits a project of the team, why, and the way to take it over. */
export function RecommendedView(props: RecommendedViewProps) {
  const t = useMessages();
  const { team, projects } = props;
  const asked = useAddress().parameters.get('project');
  const { projectId = null } = projects.find((one) => one.projectId === asked) ?? projects[0] ?? {};
  const { data: view } = useConfiguration(team.id);
  const words = t.policy.recommended;
  const policy = `/teams/${team.id}/policy`;
  const head = (
    <>
      <PhoneBack href={policy}>{t.policy.title}</PhoneBack>
      <PageHeader
        title={words.title}
        lead={words.lead}
        action={
          <Button
            variant="outlined"
            component={AppLink}
            href={policy}
            startIcon={<Icon name="sliders" size={14} />}
            sx={{ display: { xs: 'none', md: 'inline-flex' } }}
          >
            {t.policy.title}
          </Button>
        }
      />
    </>
  );
  if (projectId === null) {
    return (
      <>
        {head}
        <Panel isFlush>
          <EmptyState title={words.noProject}>
            <Button variant="contained" component={AppLink} href="/projects/new">
              {t.shell.register}
            </Button>
          </EmptyState>
        </Panel>
      </>
    );
  }
  return (
    <>
      {head}
      {view ? (
        <Loaded team={team} projects={projects} projectId={projectId} view={view} />
      ) : (
        <PanelSkeleton height={320} />
      )}
    </>
  );
}

type LoadedProps = RecommendedViewProps & { projectId: string; view: ConfigurationView };

function Loaded({ team, projects, projectId, view }: LoadedProps) {
  const t = useMessages();
  const format = useFormat();
  const words = t.policy.recommended;
  const { change } = useAddress();
  const draft = useDraft(view, view.availableOptions);
  useHeldVersion(draft, view);
  const saving = useTeamSave(team.id, draft);
  const isChanged = draft.changes.length > 0;
  const preview = useTeamPreview(team.id, draft.configuration, isChanged && view.canChange);
  // What is recommended lies on what the team has: another version, another answer.
  const query = useQuery({
    queryKey: queryKeys.recommendedPolicy(projectId, draft.held.version),
    queryFn: ({ signal }) => callApi<RecommendedPolicy>(`/projects/${projectId}/recommended-policy`, { signal }),
    placeholderData: keepPreviousData,
  });
  const recommended = query.data?.projectId === projectId ? query.data : null;
  return (
    <ConfigurationForm
      canChange={view.canChange}
      options={view.availableOptions}
      teamName={team.name}
      draft={draft}
      saving={saving}
      preview={preview}
      isPreviewIdle={!isChanged}
    >
      <Panel>
        <Box sx={{ maxWidth: 480 }}>
          <SelectField
            label={words.project}
            value={projectId}
            options={projects.map((one) => ({ value: one.projectId, name: one.projectName }))}
            help={words.projectHelp(format.number(projects.length))}
            onChange={(project) => change({ project }, 'push')}
          />
        </Box>
      </Panel>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {!recommended && !query.isError && <PanelSkeleton height={240} />}
      {recommended && (
        <>
          <ReasonsPanel recommended={recommended} current={draft.held.configuration} options={view.availableOptions} />
          <DifferencesPanel
            recommended={recommended}
            held={draft.held.configuration}
            draft={draft.configuration}
            options={view.availableOptions}
            canApply={view.canChange}
            onApply={() => draft.startFrom(recommended.preset, recommended.configuration)}
          />
        </>
      )}
    </ConfigurationForm>
  );
}
