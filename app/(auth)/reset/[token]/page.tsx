import Box from '@mui/material/Box';
import type { Metadata } from 'next';
import { AuthFrame } from '@/components/auth/AuthFrame';
import { LinkGone } from '@/components/auth/LinkGone';
import { ResetForm } from '@/components/auth/ResetForm';
import { findAsker } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { LINK_REFUSALS } from '@/lib/services/link-guard';
import { orNull } from '@/lib/services/or-null';
import { getPasswordReset } from '@/lib/services/passwords';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.access.reset.title), referrer: 'no-referrer' };
}

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const [{ token }, ctx, t] = await Promise.all([params, findAsker(), getMessages()]);
  const reset = await orNull(getPasswordReset(ctx.address, token), LINK_REFUSALS);
  return (
    <AuthFrame t={t}>
      <Box component="h1" sx={{ typography: 'h1', mb: 1 }}>
        {t.access.reset.title}
      </Box>
      {reset ? (
        <ResetForm token={token} email={reset.email} />
      ) : (
        <LinkGone text={t.access.reset.gone} toSignIn={t.auth.setup.toSignIn} />
      )}
    </AuthFrame>
  );
}
