import Box from '@mui/material/Box';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthFrame } from '@/components/auth/AuthFrame';
import { NoTeamActions } from '@/components/auth/NoTeamActions';
import { findAsker, findPageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.access.noTeam.title) };
}

/** Where people are led who are signed in and in no team: nothing else has anything to show them. */
export default async function NoTeamPage() {
  const [ctx, context, t] = await Promise.all([findAsker(), findPageContext(), getMessages()]);
  if (!ctx.userId) redirect('/sign-in');
  if (context) redirect('/projects');
  return (
    <AuthFrame t={t}>
      <Box component="h1" sx={{ typography: 'h1' }}>
        {t.access.noTeam.title}
      </Box>
      <Box component="p" sx={{ mt: 1, mb: 5, color: 'text.secondary' }}>
        {t.access.noTeam.lead}
      </Box>
      <NoTeamActions />
    </AuthFrame>
  );
}
