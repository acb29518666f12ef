'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { Field } from '@/components/forms/Field';
import { FormDialog } from '@/components/forms/FormDialog';
import { SelectField } from '@/components/forms/SelectField';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { MemberView, TeamRole } from '@/lib/schemas/teams';
import { nameProblem } from './name-problem';
import { rolesToGive } from './roles';

interface ServiceAccountDialogProps {
  team: { id: string; role: TeamRole };
  onClose: () => void;
}

export function ServiceAccountDialog({ team, onClose }: ServiceAccountDialogProps) {
  const t = useMessages();
  const texts = t.access.service;
  const client = useQueryClient();
  const toast = useToast();
  const [name, setName] = useState('');
  const [role, setRole] = useState<TeamRole>('member');
  const [isChecked, setChecked] = useState(false);
  const problem = nameProblem(t, name, t.access.tokens.nameMissing);
  const make = useMutation({
    mutationFn: () =>
      callApi<MemberView>(`/teams/${team.id}/service-accounts`, { method: 'POST', body: { name: name.trim(), role } }),
    onSuccess: async (made) => {
      toast({ text: texts.made(made.name) });
      await client.invalidateQueries({ queryKey: queryKeys.members(team.id) });
      onClose();
    },
  });
  return (
    <FormDialog
      title={texts.title}
      submit={texts.submit}
      isBusy={make.isPending}
      error={make.error}
      onSubmit={() => {
        setChecked(true);
        if (!problem) make.mutate();
      }}
      onClose={onClose}
    >
      <p>{texts.lead}</p>
      <Field
        label={texts.name}
        name="name"
        value={name}
        onChange={setName}
        error={isChecked ? problem : null}
        check={(value) => nameProblem(t, value, t.access.tokens.nameMissing)}
        required
        autoFocus
        autoComplete="off"
      />
      <SelectField
        label={t.access.invite.role}
        value={role}
        options={rolesToGive(team.role, 'service').map((one) => ({ value: one, name: t.access.roles[one] }))}
        help={t.access.roleHelp[role]}
        onChange={setRole}
      />
    </FormDialog>
  );
}
