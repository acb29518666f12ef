'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { callApi, problemOf } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { UnsavedBar } from '@/components/forms/UnsavedBar';
import { useLeaveGuard } from '@/components/forms/use-leave-guard';
import { refuseWrongNumbers } from '@/components/forms/wrong-numbers';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import type { ScalingOutlook, ScalingSettings, ScalingSettingsView } from '@/lib/schemas/scaling';
import { isSameSettings, settingsProblems } from './draft';
import { kindName } from './kind-name';
import { ScalingForm } from './ScalingForm';

/** What is wanted of a kind, as a form; a version that somebody saved meanwhile is never written over. */
export function ScalingEditor({ kind, base }: { kind: string; base: ScalingOutlook }) {
  const t = useMessages();
  const words = t.scaling.form;
  const format = useFormat();
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  /** With the version it began from. */
  const [edited, setEdited] = useState<{ settings: ScalingSettings; version: number } | null>(null);
  const draft = edited?.settings ?? base.settings;
  const isChanged = edited !== null && !isSameSettings(edited.settings, base.settings);
  const problems = settingsProblems(draft, t, (value) => format.number(value));
  const wrong = Object.keys(problems).length;
  useLeaveGuard(isChanged);
  /** Goes up when changes are discarded, so that wrong texts go as well. */
  const [round, setRound] = useState(0);
  const save = useMutation({
    mutationFn: () =>
      callApi<ScalingSettingsView>(`/scaling/${kind}`, {
        method: 'PUT',
        body: { version: edited?.version ?? base.version, settings: draft },
      }),
    onSuccess: ({ version, settings }) => {
      client.setQueryData(queryKeys.scalingOutlook(kind), { ...base, version, settings });
      setEdited(null);
      toast({ text: words.saved(kindName(kind, t)) });
      void client.invalidateQueries({ queryKey: queryKeys.scaling });
    },
  });
  const discard = () => {
    setEdited(null);
    save.reset();
    setRound((before) => before + 1);
  };
  const readAgain = async () => {
    discard();
    await client.invalidateQueries({ queryKey: queryKeys.scalingOutlook(kind) });
  };
  const isConflict = save.isError && problemOf(save.error).code === 'conflict';
  return (
    <Box
      component="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (save.isPending || !isChanged || refuseWrongNumbers()) return;
        if (wrong > 0) focusFirstError();
        else save.mutate();
      }}
      sx={{ display: 'grid', gap: 4, minWidth: 0 }}
    >
      {save.isError && (
        <Box>
          <ErrorNote error={save.error} text={isConflict ? words.conflict : undefined} />
          {isConflict && (
            <Button variant="outlined" size="small" sx={{ mt: 2 }} onClick={() => void readAgain()}>
              {words.readAgain}
            </Button>
          )}
        </Box>
      )}
      <Panel title={words.title} meta={words.version(format.number(base.version))} headingId={id}>
        <ScalingForm
          key={round}
          draft={draft}
          problems={problems}
          onChange={(part) => setEdited({ settings: { ...draft, ...part }, version: edited?.version ?? base.version })}
        />
      </Panel>
      {isChanged && (
        <UnsavedBar
          text={wrong > 0 ? words.wrong(format.number(wrong)) : words.unsaved}
          isWrong={wrong > 0}
          isSaving={save.isPending}
          save={words.save}
          discard={words.discard}
          onDiscard={discard}
        />
      )}
    </Box>
  );
}
