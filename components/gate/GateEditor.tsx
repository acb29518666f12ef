'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { PanelSkeleton } from '@/components/feedback/Skeletons';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { Icon } from '@/components/marks/Icon';
import { ConfigurationForm } from '@/components/policy/ConfigurationForm';
import { useConfiguration } from '@/components/policy/use-configuration';
import { useDraft } from '@/components/policy/use-draft';
import { useHeldVersion } from '@/components/policy/use-held-version';
import { useTeamPreview } from '@/components/policy/use-preview';
import { useTeamSave } from '@/components/policy/use-team-save';
import { AppLink } from '@/components/theme/AppLink';
import type { ConfigurationView } from '@/lib/schemas/configuration';
import { ConditionGroup } from './ConditionGroup';
import { NEW_CODE, TOTAL } from './conditions';
import { FailedMagic } from './FailedMagic';
import { NewCodePanel } from './NewCodePanel';
import { SentencePanel } from './SentencePanel';

type Team = { id: string; name: string };

/** When an audit passes, and the sentence that says why. */
export function GateEditor({ team }: { team: Team }) {
  const { data: view } = useConfiguration(team.id);
  return view ? <LoadedGateEditor team={team} view={view} /> : <PanelSkeleton height={320} />;
}

function LoadedGateEditor({ team, view }: { team: Team; view: ConfigurationView }) {
  const t = useMessages();
  const draft = useDraft(view, view.availableOptions);
  useHeldVersion(draft, view);
  const saving = useTeamSave(team.id, draft);
  // Also before anything is changed: each condition tells the projects it touches.
  const preview = useTeamPreview(team.id, draft.configuration, view.canChange);
  return (
    <>
      <PageHeader
        title={t.gate.title}
        lead={t.gate.lead}
        action={
          <Button
            variant="outlined"
            component={AppLink}
            href={`/teams/${team.id}/policy/history`}
            startIcon={<Icon name="history" size={14} />}
          >
            {t.policy.history.title}
          </Button>
        }
      />
      <ConfigurationForm
        canChange={view.canChange}
        options={view.availableOptions}
        teamName={team.name}
        draft={draft}
        saving={saving}
        preview={preview}
        isPreviewIdle={draft.changes.length === 0}
      >
        <SentencePanel />
        <ConditionGroup id="new" conditions={NEW_CODE} preview={preview.preview} />
        <ConditionGroup id="total" conditions={TOTAL} preview={preview.preview}>
          <Box sx={{ p: 4, borderTop: 1, borderColor: 'divider' }}>
            <FailedMagic />
          </Box>
        </ConditionGroup>
        <NewCodePanel />
      </ConfigurationForm>
    </>
  );
}
