'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { Field } from '@/components/forms/Field';
import { FormDialog } from '@/components/forms/FormDialog';
import { useMessages } from '@/components/i18n/LocaleProvider';
import type { ConnectionView } from '@/lib/schemas/connections';

interface ChangeConnectionDialogProps {
  teamId: string;
  connection: ConnectionView;
  part: 'name' | 'token';
  onClose: () => void;
}

/** Another name, or another token, which is shown to nobody again. */
export function ChangeConnectionDialog({ teamId, connection, part, onClose }: ChangeConnectionDialogProps) {
  const { hosts } = useMessages();
  const client = useQueryClient();
  const toast = useToast();
  const [value, setValue] = useState(part === 'name' ? connection.name : '');
  const [isChecked, setChecked] = useState(false);
  const texts =
    part === 'name'
      ? { submit: hosts.rename, title: hosts.renameOf }
      : { submit: hosts.replace, title: hosts.replaceOf };
  const missing = part === 'name' ? hosts.form.nameMissing : hosts.form.tokenMissing;
  const problem = value.trim() === '' ? missing : null;
  const change = useMutation({
    mutationFn: () =>
      callApi<ConnectionView>(`/teams/${teamId}/connections/${connection.connectionId}`, {
        method: 'PATCH',
        body: { [part]: value.trim() },
      }),
    onSuccess: async ({ name }) => {
      toast({ text: part === 'name' ? hosts.renamed(name) : hosts.replaced(name) });
      await client.invalidateQueries({ queryKey: queryKeys.connections(teamId) });
      onClose();
    },
  });
  return (
    <FormDialog
      title={texts.title(connection.name)}
      submit={texts.submit}
      isBusy={change.isPending}
      error={change.error}
      onSubmit={() => {
        setChecked(true);
        if (!problem) change.mutate();
      }}
      onClose={onClose}
    >
      <Field
        label={part === 'name' ? hosts.form.name : hosts.form.token}
        name={part}
        type={part === 'name' ? 'text' : 'password'}
        value={value}
        onChange={setValue}
        help={part === 'token' ? hosts.form.scopes[connection.provider] : null}
        error={isChecked ? problem : null}
        required
        autoFocus
        autoComplete="off"
      />
    </FormDialog>
  );
}
