'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { restorePreferences } from '@/components/account/preferences';
import { Note } from '@/components/feedback/Note';
import { Field } from '@/components/forms/Field';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { PasswordField } from '@/components/forms/PasswordField';
import { useMessages } from '@/components/i18n/LocaleProvider';

type Failure = 'refused' | 'failed';

/** `next` is a path of this site; it was made safe before. */
export function SignInForm({ next }: { next: string }) {
  const t = useMessages();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState({ email: false, password: false });
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = { email: !email.includes('@'), password: password === '' };
    setMissing(wrong);
    setFailure(null);
    if (wrong.email || wrong.password) {
      focusFirstError();
      return;
    }

    setBusy(true);
    const failed = await trySignIn(email, password);
    // A whole load, so that nothing of another person stays in memory.
    if (failed === null) {
      await restorePreferences();
      window.location.assign(next);
    } else {
      setFailure(failed);
      setBusy(false);
    }
  };

  return (
    <Box component="form" noValidate onSubmit={(event) => void submit(event)} sx={{ display: 'grid', gap: 4 }}>
      {failure && (
        <Note role="alert" status="error">
          <Box component="span" sx={{ color: 'text.primary' }}>
            {t.auth.signIn[failure]}
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
        value={email}
        onChange={setEmail}
        error={missing.email && !email.includes('@') ? t.auth.invalid.email : null}
      />
      <PasswordField
        label={t.auth.signIn.password}
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={setPassword}
        error={missing.password && password === '' ? t.auth.invalid.password : null}
      />
      <Button type="submit" variant="contained" loading={isBusy} loadingPosition="start">
        {isBusy ? t.auth.signIn.submitting : t.auth.signIn.submit}
      </Button>
    </Box>
  );
}

async function trySignIn(email: string, password: string): Promise<Failure | null> {
  try {
    const result = await signIn('credentials', { email, password, redirect: false });
    if (result?.ok && !result.error) return null;
    return (result?.status ?? 500) >= 500 ? 'failed' : 'refused';
  } catch {
    return 'failed';
  }
}
