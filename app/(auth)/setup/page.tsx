import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { Metadata } from 'next';
import { AuthFrame } from '@/components/auth/AuthFrame';
import { SetupForm } from '@/components/auth/SetupForm';
import { Note } from '@/components/feedback/Note';
import { getMessages } from '@/lib/i18n/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.auth.setup.title) };
}

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const [{ token }, t] = await Promise.all([searchParams, getMessages()]);
  const isComplete = typeof token === 'string' && token.length >= 8;
  return (
    <AuthFrame t={t}>
      <Box component="h1" sx={{ typography: 'h1' }}>
        {t.auth.setup.title}
      </Box>
      <Box component="p" sx={{ mt: 1, mb: 5, color: 'text.secondary' }}>
        {t.auth.setup.lead}
      </Box>
      {isComplete ? (
        <SetupForm token={token} />
      ) : (
        <Note role="alert" status="error">
          <Box component="span" sx={{ color: 'text.primary' }}>
            {t.auth.setup.missing}
          </Box>
          <Box sx={{ mt: 1 }}>
            <Link href="/sign-in">{t.auth.setup.toSignIn}</Link>
          </Box>
        </Note>
      )}
    </AuthFrame>
  );
}
