'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { PanelSkeleton } from '@/components/feedback/Skeletons';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { Icon } from '@/components/marks/Icon';
import { useAddress } from '@/components/project/use-address';
import { AppLink } from '@/components/theme/AppLink';
import type { ConfigurationView } from '@/lib/schemas/configuration';
import { BadgePanel } from './BadgePanel';
import { BranchesPanel } from './BranchesPanel';
import { CompliancePanel } from './CompliancePanel';
import { ConfigurationForm } from './ConfigurationForm';
import { IgnoredPathsPanel } from './IgnoredPathsPanel';
import { OverridesPanel } from './OverridesPanel';
import { OwnRulesPanel } from './OwnRulesPanel';
import { PathRulesPanel } from './PathRulesPanel';
import { PhoneSectionBack } from './PhoneSectionBack';
import { PresetMenu } from './PresetMenu';
import { PullRequestsPanel } from './PullRequestsPanel';
import { RepositoryPanel } from './RepositoryPanel';
import { RetentionPanel } from './RetentionPanel';
import { RulesPanel } from './RulesPanel';
import { SchedulePanel } from './SchedulePanel';
import { SectionNav } from './SectionNav';
import { StrictnessPanel } from './StrictnessPanel';
import { type EditorSection, parseSection, sectionOf } from './sections';
import { useConfiguration } from './use-configuration';
import { useDraft } from './use-draft';
import { useHeldVersion } from './use-held-version';
import { useTeamPreview } from './use-preview';
import { useTeamSave } from './use-team-save';
import { versionText } from './version-text';
import { WeightsPanel } from './WeightsPanel';

type Team = { id: string; name: string };

/** How the team's projects are judged. */
export function PolicyEditor({ team }: { team: Team }) {
  const { data: view } = useConfiguration(team.id);
  return view ? <LoadedPolicyEditor team={team} view={view} /> : <PanelSkeleton height={320} />;
}

function LoadedPolicyEditor({ team, view }: { team: Team; view: ConfigurationView }) {
  const t = useMessages();
  const format = useFormat();
  const chosen = parseSection(useSearchParams().get('section'));
  const section = chosen ?? 'judging';
  const { change } = useAddress();
  const draft = useDraft(view, view.availableOptions);
  useHeldVersion(draft, view);
  const saving = useTeamSave(team.id, draft);
  const isChanged = draft.changes.length > 0;
  const preview = useTeamPreview(team.id, draft.configuration, isChanged && view.canChange);

  const [asked, setAsked] = useState(0);
  // The section of an error may have to be drawn first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time it is asked, and when the section follows
  useEffect(() => {
    const problems = saving.problems ?? preview.problems;
    if (asked === 0 || !problems) return;
    focusFirstError();
    if (problems.fields.some(({ field }) => sectionOf(field.split('.')) === section)) setAsked(0);
  }, [asked, section]);

  const counts = new Map<EditorSection, number>();
  for (const { path } of draft.changes) {
    const of = sectionOf(path);
    if (of) counts.set(of, (counts.get(of) ?? 0) + 1);
  }
  return (
    <>
      <PageHeader
        title={t.policy.title}
        lead={versionText(view, t, format)}
        action={
          <>
            <Button
              variant="outlined"
              component={AppLink}
              href={`/teams/${team.id}/policy/history`}
              startIcon={<Icon name="history" size={14} />}
            >
              {t.policy.history.title}
            </Button>
            <Button
              variant="outlined"
              component={AppLink}
              href={`/teams/${team.id}/policy/recommended`}
              startIcon={<Icon name="check" size={14} />}
            >
              {t.policy.recommended.button}
            </Button>
            {view.canChange && (
              <PresetMenu
                options={view.availableOptions}
                chosen={draft.preset}
                onChoose={({ preset, configuration: { strictness, focusAreas, magics } }) =>
                  draft.startFrom(preset, { strictness, focusAreas, magics })
                }
              />
            )}
          </>
        }
      />
      <ConfigurationForm
        canChange={view.canChange}
        options={view.availableOptions}
        teamName={team.name}
        draft={draft}
        saving={saving}
        preview={preview}
        isPreviewIdle={!isChanged}
        onOpenProblem={(opened) => {
          change({ section: opened, search: null, magic: null, differs: null }, 'push');
          setAsked((count) => count + 1);
        }}
        nav={<SectionNav current={section} isOnPhone={chosen === null} counts={counts} />}
      >
        <Box sx={{ display: { xs: chosen === null ? 'none' : 'grid', md: 'grid' }, gap: 3 }}>
          <PhoneSectionBack />
          <SectionContent section={section} teamId={team.id} />
        </Box>
      </ConfigurationForm>
    </>
  );
}

function SectionContent({ section, teamId }: { section: EditorSection; teamId: string }) {
  switch (section) {
    case 'judging':
      return (
        <>
          <StrictnessPanel />
          <WeightsPanel />
        </>
      );
    case 'rules':
      return <RulesPanel />;
    case 'paths':
      return (
        <>
          <IgnoredPathsPanel />
          <PathRulesPanel />
        </>
      );
    case 'own':
      return <OwnRulesPanel teamId={teamId} />;
    case 'repository':
      return <RepositoryPanel />;
    case 'schedule':
      return (
        <>
          <SchedulePanel />
          <RetentionPanel />
        </>
      );
    case 'pullRequests':
      return (
        <>
          <BranchesPanel />
          <PullRequestsPanel />
        </>
      );
    case 'compliance':
      return <CompliancePanel />;
    case 'badge':
      return <BadgePanel />;
    case 'overrides':
      return <OverridesPanel />;
  }
}
