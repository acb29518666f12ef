'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { useToast } from '@/components/feedback/ToastProvider';
import { Field } from '@/components/forms/Field';
import { FormDialog } from '@/components/forms/FormDialog';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { TeamView } from '@/lib/schemas/teams';
import { nameProblem } from './name-problem';

export function RenameTeamDialog({ team, onClose }: { team: { id: string; name: string }; onClose: () => void }) {
  const t = useMessages();
  const router = useRouter();
  const toast = useToast();
  const [name, setName] = useState(team.name);
  const [isChecked, setChecked] = useState(false);
  const problem = nameProblem(t, name, t.auth.invalid.teamName);
  const rename = useMutation({
    mutationFn: () => callApi<TeamView>(`/teams/${team.id}`, { method: 'PATCH', body: { teamName: name.trim() } }),
    onSuccess: ({ teamName }) => {
      toast({ text: t.access.team.renamed(teamName) });
      router.refresh();
      onClose();
    },
  });
  return (
    <FormDialog
      title={t.access.team.renameTitle}
      submit={t.access.team.save}
      isBusy={rename.isPending}
      error={rename.error}
      onSubmit={() => {
        setChecked(true);
        if (!problem) rename.mutate();
      }}
      onClose={onClose}
    >
      <Field
        label={t.access.team.name}
        name="teamName"
        value={name}
        onChange={setName}
        error={isChecked ? problem : null}
        check={(value) => nameProblem(t, value, t.auth.invalid.teamName)}
        required
        autoFocus
        autoComplete="off"
      />
    </FormDialog>
  );
}
