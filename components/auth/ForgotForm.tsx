'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useActionState, useEffect } from 'react';
import { callApi } from '@/components/api/client';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { Field } from '@/components/forms/Field';
import { fieldOf } from '@/components/forms/field-of';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { PasswordMailAnswer } from '@/lib/schemas/users';
import { EMAIL } from './check-setup';

interface ForgotState {
  email: string;
  isWrong: boolean;
  error: unknown;
  outcome: 'asked' | 'noMail' | null;
}

const START: ForgotState = { email: '', isWrong: false, error: null, outcome: null };

/** A form action, so that React keeps what was typed and clicked before the page came alive. */
export function ForgotForm() {
  const t = useMessages();
  const texts = t.access.forgot;
  const { language } = useFormat();
  const [state, submit, isPending] = useActionState(async (_: ForgotState, form: FormData): Promise<ForgotState> => {
    const email = fieldOf(form, 'email').trim();
    if (!EMAIL.test(email)) return { ...START, email, isWrong: true };
    try {
      const request = { method: 'POST', body: { email, language } } as const;
      const { isMailSetUp } = await callApi<PasswordMailAnswer>('/password-resets', request);
      return { ...START, email, outcome: isMailSetUp ? 'asked' : 'noMail' };
    } catch (error) {
      return { ...START, email, error };
    }
  }, START);

  useEffect(() => {
    if (state.isWrong) focusFirstError();
  }, [state]);

  if (state.outcome) {
    const isAsked = state.outcome === 'asked';
    return (
      <Box sx={{ mt: 4 }}>
        <Note role="status">
          <Box component="p" sx={{ color: 'text.primary', overflowWrap: 'anywhere' }}>
            {isAsked ? texts.done(state.email) : texts.noMail}
          </Box>
          {isAsked && (
            <Box component="p" sx={{ mt: 1 }}>
              {texts.nothing}
            </Box>
          )}
        </Note>
      </Box>
    );
  }
  return (
    <>
      <Box component="p" sx={{ mb: 5, color: 'text.secondary' }}>
        {texts.lead}
      </Box>
      <Box component="form" action={submit} noValidate sx={{ display: 'grid', gap: 4 }}>
        {state.error !== null && <ErrorNote error={state.error} />}
        <Field
          label={t.auth.signIn.email}
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={state.email}
          error={state.isWrong ? t.auth.invalid.email : null}
          check={(value) => (EMAIL.test(value.trim()) ? null : t.auth.invalid.email)}
          required
          autoFocus
        />
        <Button type="submit" variant="contained" loading={isPending} loadingPosition="start">
          {isPending ? texts.submitting : texts.submit}
        </Button>
      </Box>
    </>
  );
}
