'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import { signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { callApi, problemOf } from '@/components/api/client';
import { Note } from '@/components/feedback/Note';
import { Field } from '@/components/forms/Field';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { PasswordField } from '@/components/forms/PasswordField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { SetupRequest } from '@/lib/schemas/users';
import { checkSetup, type SetupDraft, type SetupFault } from './check-setup';

const EMPTY: SetupDraft = { email: '', name: '', teamName: '', password: '', again: '' };

export function SetupForm({ token }: { token: string }) {
  const t = useMessages();
  const { language } = useFormat();
  const [draft, setDraft] = useState(EMPTY);
  const [touched, setTouched] = useState<ReadonlySet<keyof SetupDraft>>(new Set());
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const faults = checkSetup(draft);

  const errorOf = (field: keyof SetupDraft) => {
    const fault = faults[field];
    return fault && touched.has(field) ? faultText(fault) : null;
  };
  const faultText = (fault: SetupFault) => (fault === 'long' ? t.auth.invalid.long('120') : t.auth.invalid[fault]);
  const bind = (field: keyof SetupDraft) => ({
    name: field,
    value: draft[field],
    required: true,
    error: errorOf(field),
    onChange: (value: string) => setDraft({ ...draft, [field]: value }),
    onBlur: () => draft[field] !== '' && setTouched(new Set([...touched, field])),
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    setTouched(new Set(Object.keys(EMPTY) as (keyof SetupDraft)[]));
    if (Object.keys(faults).length > 0) {
      focusFirstError();
      return;
    }

    setBusy(true);
    const { again: _, ...rest } = draft;
    try {
      const request: SetupRequest = { ...rest, email: draft.email.trim(), token, language };
      await callApi('/setup', { method: 'POST', body: request });
      await signIn('credentials', { email: request.email, password: draft.password, redirect: false });
      window.location.assign('/projects');
    } catch (error) {
      setFailure(problemOf(error).code);
      setBusy(false);
    }
  };

  return (
    <Box component="form" noValidate onSubmit={(event) => void submit(event)} sx={{ display: 'grid', gap: 4 }}>
      {failure && (
        <Note role="alert" status="error">
          <Box component="span" sx={{ color: 'text.primary' }}>
            {failureText(failure)}
          </Box>
          {failure === 'gone' && (
            <Box sx={{ mt: 1 }}>
              <Link href="/sign-in">{t.auth.setup.toSignIn}</Link>
            </Box>
          )}
        </Note>
      )}
      <Field label={t.auth.signIn.email} type="email" autoComplete="username" autoFocus {...bind('email')} />
      <Field label={t.auth.setup.name} autoComplete="name" {...bind('name')} />
      <Field
        label={t.auth.setup.teamName}
        autoComplete="organization"
        help={t.auth.setup.teamHelp}
        {...bind('teamName')}
      />
      <PasswordField
        label={t.auth.signIn.password}
        autoComplete="new-password"
        help={t.auth.setup.passwordHelp}
        {...bind('password')}
      />
      <PasswordField label={t.auth.setup.again} autoComplete="new-password" {...bind('again')} />
      <Button type="submit" variant="contained" loading={isBusy} loadingPosition="start">
        {isBusy ? t.auth.setup.submitting : t.auth.setup.submit}
      </Button>
    </Box>
  );

  function failureText(code: string): string {
    if (code === 'gone') return t.auth.setup.gone;
    const texts: Record<string, string> = t.errors.codes;
    return texts[code] ?? t.errors.codes.internal;
  }
}
