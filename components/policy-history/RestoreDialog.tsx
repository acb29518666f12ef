'use client';

import Box from '@mui/material/Box';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { FormDialog } from '@/components/forms/FormDialog';
import { TextArea } from '@/components/forms/TextArea';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { ConfigurationView } from '@/lib/schemas/configuration';

interface RestoreDialogProps {
  teamId: string;
  version: number;
  /** The one that holds now. */
  current: number;
  onClose: () => void;
}

/** Makes an earlier version hold again; it takes a reason like any other. */
export function RestoreDialog({ teamId, version, current, onClose }: RestoreDialogProps) {
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
      callApi<ConfigurationView>(`/teams/${teamId}/configuration/restore`, {
        method: 'POST',
        body: { version, currentVersion: current, reason: reason.trim() },
      }),
    onSuccess: async (view) => {
      client.setQueryData(queryKeys.configuration(teamId), view);
      await client.invalidateQueries({ queryKey: queryKeys.configurationHistory(teamId) });
      toast({ text: words.restored(format.number(version), format.number(view.version)) });
      onClose();
    },
    onError: () => client.invalidateQueries({ queryKey: queryKeys.configuration(teamId) }),
  });
  return (
    <FormDialog
      title={words.restoreTitle(format.number(version))}
      submit={words.restore}
      isBusy={restore.isPending}
      error={restore.error}
      onSubmit={() => {
        setChecked(true);
        if (!isMissing) restore.mutate();
      }}
      onClose={onClose}
    >
      <Box component="p">{words.restoreAbout(format.number(current + 1))}</Box>
      <TextArea
        label={t.policy.save.reason}
        value={reason}
        onChange={setReason}
        error={isChecked && isMissing ? t.policy.save.reasonMissing : null}
        rows={2}
        required
        autoFocus
      />
    </FormDialog>
  );
}
