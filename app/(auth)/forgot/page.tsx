import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { Metadata } from 'next';
import { AuthFrame } from '@/components/auth/AuthFrame';
import { ForgotForm } from '@/components/auth/ForgotForm';
import { getMessages } from '@/lib/i18n/server';
import { canMailPasswords } from '@/lib/services/forgotten-passwords';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.access.forgot.title) };
}

export default async function ForgotPage() {
  const t = await getMessages();
  return (
    <AuthFrame t={t}>
      <Box component="h1" sx={{ typography: 'h1', mb: 1 }}>
        {t.access.forgot.title}
      </Box>
      {canMailPasswords() ? (
        <ForgotForm />
      ) : (
        <Box component="p" sx={{ color: 'text.secondary' }}>
          {t.access.forgot.noMail}
        </Box>
      )}
      <Box component="p" sx={{ mt: 5, typography: 'body2' }}>
        <Link href="/sign-in">{t.auth.setup.toSignIn}</Link>
      </Box>
    </AuthFrame>
  );
}
