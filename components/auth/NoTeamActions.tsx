'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { signOut } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { callApi } from '@/components/api/client';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Field } from '@/components/forms/Field';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { rememberTeam } from '@/components/shell/use-team';
import { nameProblem } from '@/components/team/name-problem';
import type { TeamView } from '@/lib/schemas/teams';

export function NoTeamActions() {
  const t = useMessages();
  const [name, setName] = useState('');
  const [isChecked, setChecked] = useState(false);
  const problem = nameProblem(t, name, t.auth.invalid.teamName);
  const create = useMutation({
    mutationFn: () => callApi<TeamView>('/teams', { method: 'POST', body: { teamName: name.trim() } }),
    onSuccess: ({ teamId }) => {
      rememberTeam(teamId);
      window.location.assign('/projects');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!problem) create.mutate();
  };
  return (
    <Box component="form" onSubmit={submit} noValidate sx={{ display: 'grid', gap: 4 }}>
      {create.isError && <ErrorNote error={create.error} />}
      <Field
        label={t.access.team.name}
        name="teamName"
        value={name}
        onChange={setName}
        error={isChecked ? problem : null}
        check={(value) => nameProblem(t, value, t.auth.invalid.teamName)}
        required
        autoComplete="organization"
      />
      <Button type="submit" variant="contained" loading={create.isPending || create.isSuccess}>
        {t.access.team.create}
      </Button>
      <Button onClick={() => void signOut({ callbackUrl: '/sign-in' })}>{t.shell.person.signOut}</Button>
    </Box>
  );
}
