'use client';

import Box from '@mui/material/Box';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { useToast } from '@/components/feedback/ToastProvider';
import { Field } from '@/components/forms/Field';
import { FormDialog } from '@/components/forms/FormDialog';
import { useMessages } from '@/components/i18n/LocaleProvider';

/** Says what is lost and asks for the name: there is no way back. */
export function DeleteTeamDialog({ team, onClose }: { team: { id: string; name: string }; onClose: () => void }) {
  const texts = useMessages().access.team;
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const [typed, setTyped] = useState('');
  const [isChecked, setChecked] = useState(false);
  const isConfirmed = typed.trim() === team.name;
  const remove = useMutation({
    mutationFn: () => callApi<void>(`/teams/${team.id}`, { method: 'DELETE' }),
    onSuccess: () => {
      toast({ text: texts.deleted(team.name) });
      client.clear();
      router.push('/projects');
      router.refresh();
    },
  });
  return (
    <FormDialog
      title={texts.deleteTitle}
      submit={texts.delete}
      isDestructive
      isBusy={remove.isPending || remove.isSuccess}
      error={remove.error}
      onSubmit={() => {
        setChecked(true);
        if (isConfirmed) remove.mutate();
      }}
      onClose={onClose}
    >
      <Box>
        <p>{texts.deleteLoses}</p>
        <p>{texts.deleteKeeps}</p>
      </Box>
      <Field
        label={texts.deleteConfirm(team.name)}
        name="confirmation"
        value={typed}
        onChange={setTyped}
        error={isChecked && !isConfirmed ? texts.deleteMismatch(team.name) : null}
        check={(text) => (text.trim() === team.name ? null : texts.deleteMismatch(team.name))}
        required
        autoFocus
        autoComplete="off"
        inputProps={{ autoCapitalize: 'none', spellCheck: 'false' }}
      />
    </FormDialog>
  );
}
