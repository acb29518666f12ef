'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { Note } from '@/components/feedback/Note';
import { PanelSkeleton } from '@/components/feedback/Skeletons';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { ANCHORED, AnchorNav } from '@/components/layout/AnchorNav';
import { EmptyState } from '@/components/layout/EmptyState';
import { PageHeader } from '@/components/layout/PageHeader';
import { Panel } from '@/components/layout/Panel';
import { PhoneBack } from '@/components/layout/PhoneBack';
import { Icon } from '@/components/marks/Icon';
import { ConfigurationForm } from '@/components/policy/ConfigurationForm';
import type { HeldVersion } from '@/components/policy/held-version';
import { useConfiguration } from '@/components/policy/use-configuration';
import { useDraft } from '@/components/policy/use-draft';
import { useHeldVersion } from '@/components/policy/use-held-version';
import { usePreview } from '@/components/policy/use-preview';
import { useSave } from '@/components/policy/use-save';
import { AppLink } from '@/components/theme/AppLink';
import type { AvailableOptions, ProjectConfigurationView, ProjectOverride } from '@/lib/schemas/configuration';
import { OwnSettings } from './OwnSettings';
import { overrideOf, withOverride } from './override-of';
import { PartPanels } from './PartPanels';
import { anchorOf, type ProjectPart, partOf, partsOf } from './project-parts';

interface ProjectConfigurationEditorProps {
  project: { id: string; name: string };
  team: { id: string; name: string };
}

/** What a project sets for itself, where its team allows it. */
export function ProjectConfigurationEditor({ project, team }: ProjectConfigurationEditorProps) {
  const { data: teamView } = useConfiguration(team.id);
  const { data: view } = useQuery({
    queryKey: queryKeys.projectConfiguration(project.id),
    queryFn: ({ signal }) => callApi<ProjectConfigurationView>(`/projects/${project.id}/configuration`, { signal }),
  });
  if (!teamView || !view) return <PanelSkeleton height={320} />;
  return <LoadedEditor project={project} team={team} options={teamView.availableOptions} view={view} />;
}

interface LoadedEditorProps extends ProjectConfigurationEditorProps {
  options: AvailableOptions;
  view: ProjectConfigurationView;
}

function LoadedEditor({ project, team, options, view }: LoadedEditorProps) {
  const t = useMessages();
  const format = useFormat();
  const client = useQueryClient();
  const words = t.policy.project;
  const draft = useDraft(heldOf(view), options);
  useHeldVersion(draft, heldOf(view));
  const base = draft.held.team ?? { version: view.teamVersion, configuration: view.team };
  const allowed = base.configuration.overrides;
  const override = useMemo(
    () => overrideOf(base.configuration, draft.configuration, base.configuration.overrides, options),
    [base.configuration, draft.configuration, options],
  );
  const saving = useSave({
    draft,
    send: async (reason) => {
      const saved = await callApi<ProjectConfigurationView>(`/projects/${project.id}/configuration`, {
        method: 'PUT',
        body: { version: draft.held.version, teamVersion: base.version, override, reason },
      });
      client.setQueryData(queryKeys.projectConfiguration(project.id), saved);
      return heldOf(saved);
    },
    readCurrent: ({ current, team: now }) => {
      const beneath = now ? { version: now.currentVersion, configuration: now.current } : base;
      const { configuration } = beneath;
      return {
        configuration: withOverride(configuration, current as ProjectOverride, configuration.overrides),
        team: beneath,
      };
    },
  });
  const isChanged = draft.changes.length > 0;
  const body = useMemo(() => ({ override }), [override]);
  const preview = usePreview(`/projects/${project.id}`, body, isChanged && view.canChange);
  const unsavedOf = (part: ProjectPart) => draft.changes.filter(({ path }) => partOf(path[0] ?? '') === part).length;
  const anchors = [
    { id: anchorOf('own'), name: words.own },
    ...partsOf(allowed).map((part) => {
      const count = unsavedOf(part);
      const name = part === 'gate' ? t.policy.parts.gate : t.policy.sections[part];
      return { id: anchorOf(part), name, count: count > 0 ? format.number(count) : null };
    }),
  ];
  const names = (parts: readonly (keyof typeof t.policy.parts)[]) =>
    format.list(parts.map((part) => t.policy.parts[part]));
  return (
    <>
      <PhoneBack href={`/projects/${project.id}`}>{project.name}</PhoneBack>
      <PageHeader
        title={words.title}
        lead={words.lead(project.name, team.name)}
        action={
          <Button
            variant="outlined"
            component={AppLink}
            href={`/projects/${project.id}/configuration/history`}
            startIcon={<Icon name="history" size={14} />}
          >
            {t.policy.history.title}
          </Button>
        }
      />
      {view.withoutEffect.length > 0 && (
        <Box sx={{ mb: 4 }}>
          <Note status="warning">{words.withoutEffect(names(view.withoutEffect))}</Note>
        </Box>
      )}
      {allowed.length === 0 ? (
        <Panel isFlush>
          <EmptyState title={words.none(team.name)}>
            <Button variant="outlined" component={AppLink} href={`/teams/${team.id}/policy?section=overrides`}>
              {words.toTeam}
            </Button>
          </EmptyState>
        </Panel>
      ) : (
        <ConfigurationForm
          canChange={view.canChange}
          options={options}
          open={allowed}
          teamName={team.name}
          draft={draft}
          saving={saving}
          preview={preview}
          isPreviewIdle={!isChanged}
          nav={<AnchorNav label={words.parts} countLabel={t.policy.sections.unsaved} anchors={anchors} />}
        >
          <Box id={anchorOf('own')} sx={ANCHORED}>
            <OwnSettings
              team={base.configuration}
              draft={draft}
              options={options}
              isReadOnly={!view.canChange}
              parts={Object.keys(override) as (keyof ProjectOverride)[]}
            />
          </Box>
          <PartPanels allowed={allowed} preview={preview.preview} />
        </ConfigurationForm>
      )}
    </>
  );
}

/** What is on screen: the project's version and the team's that it lies on, of one answer. */
function heldOf({ version, effective, team, teamVersion }: ProjectConfigurationView): HeldVersion {
  return { version, configuration: effective, preset: null, team: { version: teamVersion, configuration: team } };
}
