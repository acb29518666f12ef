'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import { type ReactNode, useState } from 'react';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { useLeaveGuard } from '@/components/forms/use-leave-guard';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { AvailableOptions, Configuration } from '@/lib/schemas/configuration';
import { ConflictNote } from './ConflictNote';
import { openProblems, problemAt } from './field-problems';
import { PolicyFormContext } from './form-context';
import { PreviewPanel } from './PreviewPanel';
import { ProblemNote } from './ProblemNote';
import { previewSentence } from './preview-sentence';
import { ReviewDialog } from './ReviewDialog';
import { SaveBar } from './SaveBar';
import type { EditorSection } from './sections';
import type { Draft } from './use-draft';
import type { PreviewOfDraft } from './use-preview';
import type { Save } from './use-save';
import { useSaveKey } from './use-save-key';

interface ConfigurationFormProps {
  canChange: boolean;
  options: AvailableOptions;
  /** The only parts that can be changed; null: all of them. */
  open?: readonly (keyof Configuration)[] | null;
  teamName: string;
  draft: Draft;
  saving: Save;
  preview: PreviewOfDraft;
  /** Beside the form, at its left. */
  nav?: ReactNode;
  /** Opens the section of a setting that was refused; left out where all of them are on screen. */
  onOpenProblem?: (section: EditorSection) => void;
  /** What is already there before anything is changed. */
  isPreviewIdle: boolean;
  children: ReactNode;
}

/** The frame of the pages that edit the configuration of a team or a project: form, preview, save bar, and what may go wrong. */
export function ConfigurationForm(props: ConfigurationFormProps) {
  const {
    canChange,
    options,
    open = null,
    teamName,
    draft,
    saving,
    preview,
    nav,
    onOpenProblem,
    isPreviewIdle,
    children,
  } = props;
  const t = useMessages();
  const format = useFormat();
  const [isReviewing, setReviewing] = useState(false);
  const [isSheetOpen, setSheetOpen] = useState(false);
  const isReadOnly = !canChange;
  const count = draft.changes.length;
  const openFromPanel = (section: EditorSection) => {
    setSheetOpen(false);
    onOpenProblem?.(section);
  };
  useLeaveGuard(count > 0);
  useSaveKey(count > 0 ? saving.save : null);

  const sentence =
    preview.preview && !isPreviewIdle ? previewSentence(preview.preview, t, format) : t.policy.preview.updating;
  const refused = openProblems(preview.problems, draft.configuration);
  const panel = (
    <PreviewPanel
      of={preview}
      isIdle={isPreviewIdle}
      isOfProject={draft.held.team !== undefined}
      problem={
        refused && (
          <ProblemNote
            problems={refused}
            isDraft
            consequence={t.policy.preview.invalid}
            onOpen={onOpenProblem && openFromPanel}
          />
        )
      }
    />
  );
  return (
    <PolicyFormContext
      value={{
        draft: draft.configuration,
        base: draft.held.configuration,
        options,
        change: draft.change,
        isReadOnly,
        open,
        errorAt: (...path) =>
          saving.errorAt(...path) ?? problemAt(preview.problems, path, draft.configuration, t, true),
      }}
    >
      <Box sx={{ ...FRAME, ...(count > 0 && TALL) }}>
        {isReadOnly && <Note>{t.policy.viewer(teamName)}</Note>}
        {saving.conflict && (
          <ConflictNote conflict={saving.conflict} draft={draft} options={options} onEnd={saving.endConflict} />
        )}
        <Box sx={{ ...COLUMNS, ...(nav ? WITH_NAV : WITHOUT_NAV), ...(isReadOnly && (nav ? READ_WITH_NAV : READ)) }}>
          {nav}
          <Box key={draft.round} sx={FORM}>
            {children}
          </Box>
          {!isReadOnly && (
            <Box component="aside" aria-label={t.policy.preview.title} sx={ASIDE}>
              {panel}
            </Box>
          )}
        </Box>
        {count > 0 && (
          <SaveBar
            count={count}
            nextVersion={draft.held.version + 1}
            saving={saving}
            problem={
              saving.error ? (
                <ErrorNote error={saving.error} onRetry={saving.save} />
              ) : (
                saving.problems && (
                  <ProblemNote problems={saving.problems} consequence={t.policy.invalid.kept} onOpen={onOpenProblem} />
                )
              )
            }
            preview={sentence}
            onPreview={() => setSheetOpen(true)}
            onReview={() => setReviewing(true)}
            onDiscard={() => {
              draft.discard();
              saving.forget();
            }}
          />
        )}
      </Box>
      {isReviewing && (
        <ReviewDialog
          changes={draft.changes}
          options={options}
          version={draft.held.version}
          onClose={() => setReviewing(false)}
        />
      )}
      <Drawer
        anchor="bottom"
        open={isSheetOpen}
        onClose={() => setSheetOpen(false)}
        slotProps={{ paper: { role: 'dialog', 'aria-label': t.policy.preview.title, sx: SHEET } as object }}
      >
        {panel}
        <Box sx={{ p: 3 }}>
          <Button variant="outlined" fullWidth onClick={() => setSheetOpen(false)}>
            {t.common.close}
          </Button>
        </Box>
      </Drawer>
    </PolicyFormContext>
  );
}

const FRAME = {
  display: 'flex',
  flexDirection: 'column',
  gap: 4,
  mb: -10,
} as const;

/** The save bar stands at the lower edge also under a short form. */
const TALL = { minHeight: { xs: 'calc(100dvh - 190px)', md: 'calc(100dvh - 132px)' } } as const;

const COLUMNS = { display: 'grid', gap: 4, alignItems: 'start', pb: 6 } as const;
const WITH_NAV = {
  gridTemplateColumns: {
    xs: 'minmax(0, 1fr)',
    md: '176px minmax(0, 1fr)',
    lg: '176px minmax(0, 1fr) 372px',
    xl: '188px minmax(0, 1fr) 424px',
  },
} as const;
const WITHOUT_NAV = {
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 372px', xl: 'minmax(0, 1fr) 424px' },
} as const;
const READ_WITH_NAV = { gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '188px minmax(0, 1fr)' } } as const;
const READ = { gridTemplateColumns: 'minmax(0, 1fr)' } as const;

const FORM = { display: 'grid', gap: 3, minWidth: 0, containerType: 'inline-size', containerName: 'policy' } as const;
const ASIDE = {
  display: { xs: 'none', lg: 'block' },
  position: 'sticky',
  top: 64,
  maxHeight: 'calc(100dvh - 150px)',
  overflowY: 'auto',
  borderRadius: '8px',
} as const;
const SHEET = { maxHeight: '80dvh', borderRadius: '12px 12px 0 0', '& > section': { border: 0 } } as const;
