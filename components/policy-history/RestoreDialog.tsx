'use client';

import Box from '@mui/material/Box';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi, problemOf } from '@/components/api/client';
import { useToast } from '@/components/feedback/ToastProvider';
import { FormDialog } from '@/components/forms/FormDialog';
import { TextArea } from '@/components/forms/TextArea';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { Words } from '@/components/policy/change-words';
import { fieldProblems, problemNames } from '@/components/policy/field-problems';
import { RestoredChanges } from './RestoredChanges';
import type { VersionsOwner } from './versions-owner';

interface RestoreDialogProps {
  owner: VersionsOwner;
  version: number;
  onClose: () => void;
}

/** Makes an earlier version hold again; it takes a reason like any other. */
export function RestoreDialog({ owner, version, onClose }: RestoreDialogProps) {
  const t = useMessages();
  const format = useFormat();
  const toast = useToast();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const words = t.policy.history;
  const isMissing = reason.trim() === '';
  const restore = useMutation({
    mutationFn: () =>
      callApi<{ version: number }>(`${owner.address}/restore`, {
        method: 'POST',
        body: { ...owner.seen, version, reason: reason.trim() },
      }),
    onSuccess: async (view) => {
      client.setQueryData(owner.keys.current, view);
      await client.invalidateQueries({ queryKey: owner.keys.history });
      toast({ text: words.restored(format.number(version), format.number(view.version)) });
      onClose();
    },
    onError: () => client.invalidateQueries({ queryKey: owner.keys.current }),
  });
  return (
    <FormDialog
      title={words.restoreTitle(format.number(version))}
      submit={words.restore}
      isWide
      isBusy={restore.isPending}
      error={restore.error}
      errorText={refusalText(restore.error, owner.seen.teamVersion !== undefined, {
        t,
        format,
        options: owner.options,
      })}
      onSubmit={() => {
        setChecked(true);
        if (!isMissing) restore.mutate();
      }}
      onClose={onClose}
    >
      <Box component="p">{words.restoreAbout(format.number(owner.version + 1))}</Box>
      <RestoredChanges owner={owner} version={version} />
      <TextArea
        label={t.policy.save.reason}
        value={reason}
        onChange={setReason}
        error={isChecked && isMissing ? t.policy.save.reasonMissing : null}
        check={(text) => (text.trim() === '' ? t.policy.save.reasonMissing : null)}
        rows={2}
        required
        autoFocus
      />
    </FormDialog>
  );
}

/** What of the old version is not accepted any more. */
function refusalText(error: unknown, isOfProject: boolean, words: Words): string | undefined {
  const problems = error ? fieldProblems(problemOf(error).details, null) : null;
  if (!problems) return undefined;
  const { t, format } = words;
  const names = format.list(problemNames(problems, words));
  // What the team does not allow is refused as a whole, anything else at a setting inside.
  const isWhole = problems.fields.every(({ field }) => !field.includes('.'));
  return isOfProject && isWhole ? t.policy.project.notAllowed(names) : t.policy.history.refused(names);
}
