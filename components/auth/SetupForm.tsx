'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import { signIn } from 'next-auth/react';
import { type FormEvent, useActionState, useEffect, useState } from 'react';
import { callApi, problemOf } from '@/components/api/client';
import { Note } from '@/components/feedback/Note';
import { Field } from '@/components/forms/Field';
import { fieldOf } from '@/components/forms/field-of';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { PasswordField } from '@/components/forms/PasswordField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { SetupRequest } from '@/lib/schemas/users';
import { checkSetup, type SetupDraft, type SetupFault } from './check-setup';

const EMPTY: SetupDraft = { email: '', name: '', teamName: '', password: '', again: '' };
const FIELDS = Object.keys(EMPTY) as (keyof SetupDraft)[];

interface SetupState {
  draft: SetupDraft;
  isRefused: boolean;
  failure: string | null;
  isDone: boolean;
}

const START: SetupState = { draft: EMPTY, isRefused: false, failure: null, isDone: false };

/** A form action, so that React keeps what was typed and clicked before the page came alive. */
export function SetupForm({ token }: { token: string }) {
  const t = useMessages();
  const { language } = useFormat();
  const [faults, setFaults] = useState<ReturnType<typeof checkSetup>>({});
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [state, submit, isPending] = useActionState(async (_: SetupState, form: FormData): Promise<SetupState> => {
    const draft = draftOf(form);
    const found = checkSetup(draft);
    setFaults(found);
    setTouched(new Set(FIELDS));
    if (Object.keys(found).length > 0) return { ...START, draft, isRefused: true };

    const { again: _again, ...rest } = draft;
    try {
      const request: SetupRequest = { ...rest, email: draft.email.trim(), token, language };
      await callApi('/setup', { method: 'POST', body: request });
      await signIn('credentials', { email: request.email, password: draft.password, redirect: false });
      window.location.assign('/projects');
      return { ...START, draft, isDone: true };
    } catch (error) {
      return { ...START, draft, failure: problemOf(error).code };
    }
  }, START);
  const { failure } = state;
  const isBusy = isPending || state.isDone;

  useEffect(() => {
    if (state.isRefused) focusFirstError();
  }, [state]);

  const faultText = (fault: SetupFault) => (fault === 'long' ? t.auth.invalid.long('120') : t.auth.invalid[fault]);
  const bind = (field: keyof SetupDraft) => {
    const fault = faults[field];
    const error = fault && touched.has(field) ? faultText(fault) : null;
    return { name: field, defaultValue: state.draft[field], required: true, error };
  };
  /** On leaving a filled field, then on each key once it was wrong. */
  const check = ({ currentTarget, target, type }: FormEvent<HTMLFormElement>) => {
    const draft = draftOf(new FormData(currentTarget));
    const name = target instanceof HTMLInputElement ? target.name : '';
    setFaults(checkSetup(draft));
    if (type === 'blur' && draft[name as keyof SetupDraft]) setTouched(new Set([...touched, name]));
  };

  return (
    <Box component="form" action={submit} noValidate onChange={check} onBlur={check} sx={{ display: 'grid', gap: 4 }}>
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
      {/* A link that opens nothing needs no form. */}
      {failure !== 'gone' && (
        <>
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
        </>
      )}
    </Box>
  );

  function failureText(code: string): string {
    if (code === 'gone') return t.auth.setup.gone;
    const texts: Record<string, string> = t.errors.codes;
    return texts[code] ?? t.errors.codes.internal;
  }
}

function draftOf(form: FormData): SetupDraft {
  return {
    email: fieldOf(form, 'email'),
    name: fieldOf(form, 'name'),
    teamName: fieldOf(form, 'teamName'),
    password: fieldOf(form, 'password'),
    again: fieldOf(form, 'again'),
  };
}
