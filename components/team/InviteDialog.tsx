'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { EMAIL } from '@/components/auth/check-setup';
import { Field } from '@/components/forms/Field';
import { FormDialog } from '@/components/forms/FormDialog';
import { SelectField } from '@/components/forms/SelectField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { ShownOnce } from '@/components/layout/ShownOnce';
import type { InvitationCreated } from '@/lib/schemas/invitations';
import type { TeamRole } from '@/lib/schemas/teams';
import { rolesToGive } from './roles';

interface InviteDialogProps {
  team: { id: string; role: TeamRole };
  onClose: () => void;
}

export function InviteDialog({ team, onClose }: InviteDialogProps) {
  const t = useMessages();
  const texts = t.access.invite;
  const { language } = useFormat();
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<TeamRole>('member');
  const [isChecked, setChecked] = useState(false);
  const isRight = EMAIL.test(email.trim());
  const invite = useMutation({
    mutationFn: () =>
      callApi<InvitationCreated>(`/teams/${team.id}/invitations`, {
        method: 'POST',
        body: { email: email.trim(), role, language },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.invitations(team.id) }),
  });
  if (invite.data) {
    return (
      <FormDialog title={texts.made(invite.data.email)} onClose={onClose}>
        {invite.data.link === null ? (
          <p role="status">{invite.data.mailed ? texts.sent(invite.data.email) : texts.notSent(invite.data.email)}</p>
        ) : (
          <ShownOnce label={texts.link} value={invite.data.link} help={texts.madeHelp} />
        )}
      </FormDialog>
    );
  }
  return (
    <FormDialog
      title={texts.title}
      submit={texts.submit}
      isBusy={invite.isPending}
      error={invite.error}
      onSubmit={() => {
        setChecked(true);
        if (isRight) invite.mutate();
      }}
      onClose={onClose}
    >
      <Field
        label={texts.email}
        name="email"
        type="email"
        value={email}
        onChange={setEmail}
        help={texts.emailHelp}
        error={isChecked && !isRight ? t.auth.invalid.email : null}
        check={(value) => (EMAIL.test(value.trim()) ? null : t.auth.invalid.email)}
        required
        autoFocus
        autoComplete="off"
      />
      <SelectField
        label={texts.role}
        value={role}
        options={rolesToGive(team.role).map((one) => ({ value: one, name: t.access.roles[one] }))}
        help={t.access.roleHelp[role]}
        onChange={setRole}
      />
    </FormDialog>
  );
}
