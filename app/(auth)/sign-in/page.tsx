import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthFrame } from '@/components/auth/AuthFrame';
import { safeNextPath } from '@/components/auth/next-path';
import { SignInForm } from '@/components/auth/SignInForm';
import { SignInProviders } from '@/components/auth/SignInProviders';
import { Note } from '@/components/feedback/Note';
import { findPageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { listProviders } from '@/lib/services/identities';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.auth.signIn.title) };
}

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [{ next, error }, t, context] = await Promise.all([searchParams, getMessages(), findPageContext()]);
  const path = safeNextPath(typeof next === 'string' ? next : null);
  if (context) redirect(path);
  return (
    <AuthFrame t={t}>
      <Box component="h1" sx={{ typography: 'h1', mb: 5 }}>
        {t.auth.signIn.title}
      </Box>
      {error !== undefined && (
        <Box sx={{ mb: 4 }}>
          <Note role="alert" status="error">
            {t.auth.signIn.providerRefused}
          </Note>
        </Box>
      )}
      <SignInForm next={path} />
      <Box component="p" sx={{ mt: 4, typography: 'body2' }}>
        <Link href="/forgot">{t.access.forgot.link}</Link>
      </Box>
      <SignInProviders providers={listProviders()} next={path} />
      <Box component="p" sx={{ mt: 5, typography: 'body2', color: 'elder.text3' }}>
        {t.auth.signIn.firstTime}
      </Box>
    </AuthFrame>
  );
}
