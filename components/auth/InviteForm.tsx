'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import { signIn, signOut } from 'next-auth/react';
import { useActionState, useEffect } from 'react';
import { callApi } from '@/components/api/client';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Field } from '@/components/forms/Field';
import { fieldOf, passwordOf } from '@/components/forms/field-of';
import { focusFirstError } from '@/components/forms/focus-first-error';
import { PasswordField } from '@/components/forms/PasswordField';
import { reasonText } from '@/components/forms/reason-text';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { rememberTeam } from '@/components/shell/use-team';
import { nameProblem } from '@/components/team/name-problem';
import type { ProviderView } from '@/lib/schemas/identities';
import type { InvitationAccepted, OpenInvitation } from '@/lib/schemas/invitations';
import { LEAST_PASSWORD } from './check-setup';
import { ProviderButtons } from './ProviderButtons';

interface InviteFormProps {
  token: string;
  invitation: OpenInvitation;
  providers: readonly ProviderView[];
}

/** What the holder of the link can do, by who is signed in. */
export function InviteForm({ token, invitation, providers }: InviteFormProps) {
  const t = useMessages();
  const texts = t.access.join;
  const { email, role, asker } = invitation;
  return (
    <>
      <Box component="p" sx={{ mb: 5, color: 'text.secondary', overflowWrap: 'anywhere' }}>
        {texts.lead(email, t.access.roles[role])}
      </Box>
      {asker === 'invited' && <Accept token={token} />}
      {asker === 'nobody' && (
        <>
          <SignUp token={token} email={email} />
          {providers.length > 0 && (
            <Box sx={{ mt: 4 }}>
              <ProviderButtons providers={providers} label={texts.with} next={`/invite/${token}`} />
            </Box>
          )}
        </>
      )}
      {asker === 'other' && (
        <Box sx={{ display: 'grid', gap: 4, overflowWrap: 'anywhere' }}>
          <p>{texts.other(email)}</p>
          <Button variant="contained" onClick={() => void signOut({ callbackUrl: `/invite/${token}` })}>
            {texts.signOut}
          </Button>
        </Box>
      )}
    </>
  );
}

function enter({ teamId }: InvitationAccepted): void {
  rememberTeam(teamId);
  // A whole load, so that nothing of another person or team stays in memory.
  window.location.assign('/projects');
}

function Accept({ token }: { token: string }) {
  const t = useMessages();
  const texts = t.access.join;
  const [state, accept, isPending] = useActionState(
    async (): Promise<{ error: unknown; isDone: boolean }> => {
      try {
        enter(await callApi<InvitationAccepted>(`/invitations/${token}/accept`, { method: 'POST' }));
        return { error: null, isDone: true };
      } catch (error) {
        return { error, isDone: false };
      }
    },
    { error: null, isDone: false },
  );
  const isBusy = isPending || state.isDone;
  return (
    <Box component="form" action={accept} sx={{ display: 'grid', gap: 4 }}>
      {state.error !== null && <ErrorNote error={state.error} text={reasonText(t, state.error)} />}
      <Button type="submit" variant="contained" loading={isBusy} loadingPosition="start">
        {isBusy ? texts.accepting : texts.accept}
      </Button>
    </Box>
  );
}

interface SignUpState {
  name: string;
  password: string;
  again: string;
  isChecked: boolean;
  error: unknown;
  isDone: boolean;
}

const START: SignUpState = { name: '', password: '', again: '', isChecked: false, error: null, isDone: false };

/** A form action, so that React keeps what was typed and clicked before the page came alive. */
function SignUp({ token, email }: { token: string; email: string }) {
  const t = useMessages();
  const texts = t.access.join;
  const { language } = useFormat();
  const problemsOf = ({ name, password, again }: SignUpState) => ({
    name: nameProblem(t, name, t.auth.invalid.name),
    password: password.length < LEAST_PASSWORD ? t.auth.invalid.short : null,
    again: again === password ? null : t.auth.invalid.different,
  });
  const [state, submit, isPending] = useActionState(async (_: SignUpState, form: FormData): Promise<SignUpState> => {
    const [name, password] = [fieldOf(form, 'name').trim(), fieldOf(form, 'password')];
    const draft = { ...START, name, password, again: fieldOf(form, 'again'), isChecked: true };
    if (Object.values(problemsOf(draft)).some((problem) => problem !== null)) return draft;
    try {
      const body = { name, password, language };
      const joined = await callApi<InvitationAccepted>(`/invitations/${token}/sign-up`, { method: 'POST', body });
      await signIn('credentials', { email, password, redirect: false });
      enter(joined);
      return { ...draft, isDone: true };
    } catch (error) {
      return { ...draft, error };
    }
  }, START);
  const isBusy = isPending || state.isDone;
  const problems = problemsOf(state);
  const errorOf = (field: keyof typeof problems) => (state.isChecked ? problems[field] : null);

  useEffect(() => {
    if (state.isChecked && state.error === null) focusFirstError();
  }, [state]);

  return (
    <Box component="form" action={submit} noValidate sx={{ display: 'grid', gap: 4 }}>
      {state.error !== null && <ErrorNote error={state.error} text={reasonText(t, state.error)} />}
      <Field
        label={texts.name}
        name="name"
        autoComplete="name"
        defaultValue={state.name}
        error={errorOf('name')}
        check={(name) => nameProblem(t, name, t.auth.invalid.name)}
        required
      />
      <PasswordField
        label={t.auth.signIn.password}
        name="password"
        autoComplete="new-password"
        help={t.auth.setup.passwordHelp}
        defaultValue={state.password}
        error={errorOf('password')}
        check={(password) => (password.length < LEAST_PASSWORD ? t.auth.invalid.short : null)}
        required
      />
      <PasswordField
        label={t.auth.setup.again}
        name="again"
        autoComplete="new-password"
        defaultValue={state.again}
        error={errorOf('again')}
        check={(again, form) => (again === passwordOf(form) ? null : t.auth.invalid.different)}
        required
      />
      <Button type="submit" variant="contained" loading={isBusy} loadingPosition="start">
        {isBusy ? texts.submitting : texts.submit}
      </Button>
      <Box component="p" sx={{ typography: 'body2' }}>
        {texts.haveAccount} <Link href={`/sign-in?next=${encodeURIComponent(`/invite/${token}`)}`}>{texts.signIn}</Link>
      </Box>
    </Box>
  );
}
