import Box from '@mui/material/Box';
import type { Metadata } from 'next';
import { AuthFrame } from '@/components/auth/AuthFrame';
import { MailChannelForm } from '@/components/notifications/MailChannelForm';
import { findAsker } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { LINK_REFUSALS } from '@/lib/services/link-guard';
import { getMailChannel } from '@/lib/services/notifications/confirmations';
import { orNull } from '@/lib/services/or-null';

interface MailChannelPageProps {
  params: Promise<{ token: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return {
    title: t.common.title(t.notifications.mailPage.pageTitle),
    referrer: 'no-referrer',
    robots: { index: false, follow: false },
  };
}

export default async function MailChannelPage({ params }: MailChannelPageProps) {
  const [{ token }, ctx, t] = await Promise.all([params, findAsker(), getMessages()]);
  const words = t.notifications.mailPage;
  const channel = await orNull(getMailChannel(ctx.address, token), LINK_REFUSALS);
  return (
    <AuthFrame t={t}>
      <Box component="h1" sx={{ typography: 'h1', mb: 1, overflowWrap: 'anywhere' }}>
        {channel ? words.ask(channel.teamName) : words.goneTitle}
      </Box>
      {channel ? (
        <MailChannelForm token={token} initial={channel} />
      ) : (
        <Box component="p" role="alert" sx={{ color: 'text.secondary' }}>
          {words.gone}
        </Box>
      )}
    </AuthFrame>
  );
}
