'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { signIn } from 'next-auth/react';
import { useActionState, useEffect, useState } from 'react';
import { restorePreferences } from '@/components/account/preferences';
import { Note } from '@/components/feedback/Note';
import { Field } from '@/components/forms/Field';
import { fieldOf } from '@/components/forms/field-of';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { PasswordField } from '@/components/forms/PasswordField';
import { useMessages } from '@/components/i18n/LocaleProvider';

interface SignInState {
  email: string;
  password: string;
  wrong: readonly ('email' | 'password')[];
  failure: 'refused' | 'failed' | null;
  isDone: boolean;
}

const START: SignInState = { email: '', password: '', wrong: [], failure: null, isDone: false };

/** `next` is a path of this site; it was made safe before. A form action, so that React keeps an early click. */
export function SignInForm({ next }: { next: string }) {
  const t = useMessages();
  const [mended, setMended] = useState<ReadonlySet<string>>(new Set());
  const [state, submit, isBusy] = useActionState(async (_: SignInState, form: FormData): Promise<SignInState> => {
    const { email, password } = { email: fieldOf(form, 'email'), password: fieldOf(form, 'password') };
    const wrong = wrongOf(email, password);
    setMended(new Set());
    if (wrong.length > 0) return { ...START, email, password, wrong };

    const failure = await trySignIn(email, password);
    if (failure !== null) return { ...START, email, password, failure };
    // A whole load, so that nothing of another person stays in memory.
    await restorePreferences();
    window.location.assign(next);
    return { ...START, email, password, isDone: true };
  }, START);

  useEffect(() => {
    if (state.wrong.length > 0) focusFirstError();
  }, [state]);

  const errorOf = (field: 'email' | 'password') =>
    state.wrong.includes(field) && !mended.has(field) ? t.auth.invalid[field] : null;
  return (
    <Box
      component="form"
      action={submit}
      noValidate
      sx={{ display: 'grid', gap: 4 }}
      onChange={({ currentTarget }) => {
        const form = new FormData(currentTarget);
        const still = wrongOf(fieldOf(form, 'email'), fieldOf(form, 'password'));
        setMended(new Set(state.wrong.filter((field) => !still.includes(field))));
      }}
    >
      {state.failure && (
        <Note role="alert" status="error">
          <Box component="span" sx={{ color: 'text.primary' }}>
            {t.auth.signIn[state.failure]}
          </Box>
        </Note>
      )}
      <Field
        label={t.auth.signIn.email}
        name="email"
        type="email"
        autoComplete="username"
        autoFocus
        required
        defaultValue={state.email}
        error={errorOf('email')}
        check={(value) => (value.includes('@') ? null : t.auth.invalid.email)}
      />
      <PasswordField
        label={t.auth.signIn.password}
        name="password"
        autoComplete="current-password"
        required
        defaultValue={state.password}
        error={errorOf('password')}
        check={(value) => (value === '' ? t.auth.invalid.password : null)}
      />
      <Button type="submit" variant="contained" loading={isBusy || state.isDone} loadingPosition="start">
        {isBusy || state.isDone ? t.auth.signIn.submitting : t.auth.signIn.submit}
      </Button>
    </Box>
  );
}

function wrongOf(email: string, password: string): ('email' | 'password')[] {
  return [...(email.includes('@') ? [] : ['email' as const]), ...(password === '' ? ['password' as const] : [])];
}

async function trySignIn(email: string, password: string): Promise<SignInState['failure']> {
  try {
    const result = await signIn('credentials', { email, password, redirect: false });
    if (result?.ok && !result.error) return null;
    return (result?.status ?? 500) >= 500 ? 'failed' : 'refused';
  } catch {
    return 'failed';
  }
}
