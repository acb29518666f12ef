'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { LEAST_PASSWORD } from '@/components/auth/check-setup';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { PasswordField } from '@/components/forms/PasswordField';
import { reasonText } from '@/components/forms/reason-text';
import { useMessages } from '@/components/i18n/LocaleProvider';

const EMPTY = { current: '', next: '', again: '' };
const FIELDS = Object.keys(EMPTY) as (keyof typeof EMPTY)[];

export function PasswordForm({ email }: { email: string }) {
  const t = useMessages();
  const texts = t.access.account;
  const client = useQueryClient();
  const toast = useToast();
  const [draft, setDraft] = useState(EMPTY);
  const [isChecked, setChecked] = useState(false);
  /** Fields begin anew once the password was changed. */
  const [round, setRound] = useState(0);
  const { invalid } = t.auth;
  const check: Record<keyof typeof EMPTY, (value: string) => string | null> = {
    current: (value) => (value === '' ? invalid.password : null),
    next: (value) => (value.length < LEAST_PASSWORD ? invalid.short : null),
    again: (value) => (value === draft.next ? null : invalid.different),
  };
  const change = useMutation({
    mutationFn: () =>
      callApi<void>('/me/password', {
        method: 'POST',
        body: { currentPassword: draft.current, newPassword: draft.next },
      }),
    onSuccess: () => {
      setDraft(EMPTY);
      setChecked(false);
      setRound((before) => before + 1);
      toast({ text: texts.passwordChanged });
      void client.invalidateQueries({ queryKey: queryKeys.sessions });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (FIELDS.some((field) => check[field](draft[field]) !== null)) focusFirstError();
    else change.mutate();
  };
  const bind = (field: keyof typeof EMPTY) => ({
    name: field,
    value: draft[field],
    onChange: (value: string) => setDraft((last) => ({ ...last, [field]: value })),
    error: isChecked ? check[field](draft[field]) : null,
    check: check[field],
    required: true,
  });
  return (
    <Box key={round} component="form" onSubmit={submit} noValidate sx={{ display: 'grid', gap: 4, maxWidth: 400 }}>
      {change.isError && <ErrorNote error={change.error} text={reasonText(t, change.error)} />}
      {/* For password managers, which keep a password with its name. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordField label={texts.current} autoComplete="current-password" {...bind('current')} />
      <PasswordField
        label={texts.next}
        autoComplete="new-password"
        help={t.auth.setup.passwordHelp}
        {...bind('next')}
      />
      <PasswordField label={texts.again} autoComplete="new-password" {...bind('again')} />
      <Box>
        <Button type="submit" variant="contained" loading={change.isPending}>
          {texts.changePassword}
        </Button>
      </Box>
    </Box>
  );
}
