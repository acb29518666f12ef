import Box from '@mui/material/Box';
import type { Metadata } from 'next';
import { AuthFrame } from '@/components/auth/AuthFrame';
import { InviteForm } from '@/components/auth/InviteForm';
import { LinkGone } from '@/components/auth/LinkGone';
import { findAsker } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { listProviders } from '@/lib/services/identities';
import { getInvitation } from '@/lib/services/invitation-links';
import { LINK_REFUSALS } from '@/lib/services/link-guard';
import { orNull } from '@/lib/services/or-null';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.access.join.titleGone), referrer: 'no-referrer' };
}

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const [{ token }, ctx, t] = await Promise.all([params, findAsker(), getMessages()]);
  const invitation = await orNull(getInvitation(ctx, token), LINK_REFUSALS);
  return (
    <AuthFrame t={t}>
      <Box component="h1" sx={{ typography: 'h1', mb: 1, overflowWrap: 'anywhere' }}>
        {invitation ? t.access.join.title(invitation.teamName) : t.access.join.titleGone}
      </Box>
      {invitation ? (
        <InviteForm token={token} invitation={invitation} providers={listProviders()} />
      ) : (
        <LinkGone text={t.access.join.gone} toSignIn={t.auth.setup.toSignIn} />
      )}
    </AuthFrame>
  );
}
