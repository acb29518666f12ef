'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { useToast } from '@/components/feedback/ToastProvider';
import { Field } from '@/components/forms/Field';
import { FormDialog } from '@/components/forms/FormDialog';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { useSwitchTeam } from '@/components/shell/use-team';
import type { TeamView } from '@/lib/schemas/teams';
import { nameProblem } from './name-problem';

/** Makes a team and shows it. */
export function CreateTeamDialog({ onClose }: { onClose: () => void }) {
  const t = useMessages();
  const switchTeam = useSwitchTeam();
  const toast = useToast();
  const [name, setName] = useState('');
  const [isChecked, setChecked] = useState(false);
  const problem = nameProblem(t, name, t.auth.invalid.teamName);
  const create = useMutation({
    mutationFn: () => callApi<TeamView>('/teams', { method: 'POST', body: { teamName: name.trim() } }),
    onSuccess: ({ teamId, teamName }) => {
      toast({ text: t.access.team.created(teamName) });
      switchTeam(teamId);
      onClose();
    },
  });
  return (
    <FormDialog
      title={t.access.team.createTitle}
      submit={t.access.team.create}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={() => {
        setChecked(true);
        if (!problem) create.mutate();
      }}
      onClose={onClose}
    >
      <p>{t.access.team.createLead}</p>
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
