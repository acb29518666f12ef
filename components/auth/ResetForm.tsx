'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import { useActionState, useEffect } from 'react';
import { callApi } from '@/components/api/client';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { fieldOf, passwordOf } from '@/components/forms/field-of';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { PasswordField } from '@/components/forms/PasswordField';
import { reasonText } from '@/components/forms/reason-text';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { LEAST_PASSWORD } from './check-setup';

interface ResetState {
  password: string;
  again: string;
  isChecked: boolean;
  error: unknown;
  isDone: boolean;
}

const START: ResetState = { password: '', again: '', isChecked: false, error: null, isDone: false };

/** A form action, so that React keeps what was typed and clicked before the page came alive. */
export function ResetForm({ token, email }: { token: string; email: string }) {
  const t = useMessages();
  const texts = t.access.reset;
  const problemsOf = ({ password, again }: ResetState) => ({
    password: password.length < LEAST_PASSWORD ? t.auth.invalid.short : null,
    again: again === password ? null : t.auth.invalid.different,
  });
  const [state, submit, isPending] = useActionState(async (_: ResetState, form: FormData): Promise<ResetState> => {
    const password = fieldOf(form, 'password');
    const draft = { ...START, password, again: fieldOf(form, 'again'), isChecked: true };
    if (Object.values(problemsOf(draft)).some((problem) => problem !== null)) return draft;
    try {
      await callApi<void>(`/password-resets/${token}`, { method: 'POST', body: { password } });
      return { ...START, isDone: true };
    } catch (error) {
      return { ...draft, error };
    }
  }, START);
  const problems = problemsOf(state);

  useEffect(() => {
    if (state.isChecked && state.error === null) focusFirstError();
  }, [state]);

  if (state.isDone) {
    return (
      <Box sx={{ mt: 4 }}>
        <Note role="status" status="passed">
          <Box component="span" sx={{ color: 'text.primary' }}>
            {texts.done}
          </Box>
          <Box sx={{ mt: 1 }}>
            <Link href="/sign-in">{t.auth.setup.toSignIn}</Link>
          </Box>
        </Note>
      </Box>
    );
  }
  return (
    <>
      <Box component="p" sx={{ mb: 5, color: 'text.secondary', overflowWrap: 'anywhere' }}>
        {texts.lead(email)}
      </Box>
      <Box component="form" action={submit} noValidate sx={{ display: 'grid', gap: 4 }}>
        {state.error !== null && <ErrorNote error={state.error} text={reasonText(t, state.error)} />}
        <PasswordField
          label={texts.password}
          name="password"
          autoComplete="new-password"
          help={t.auth.setup.passwordHelp}
          defaultValue={state.password}
          error={state.isChecked ? problems.password : null}
          check={(password) => (password.length < LEAST_PASSWORD ? t.auth.invalid.short : null)}
          required
        />
        <PasswordField
          label={t.auth.setup.again}
          name="again"
          autoComplete="new-password"
          defaultValue={state.again}
          error={state.isChecked ? problems.again : null}
          check={(again, form) => (again === passwordOf(form) ? null : t.auth.invalid.different)}
          required
        />
        <Button type="submit" variant="contained" loading={isPending} loadingPosition="start">
          {isPending ? texts.submitting : texts.submit}
        </Button>
      </Box>
    </>
  );
}
