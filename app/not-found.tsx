import type { Metadata } from 'next';
import { StandaloneMessage } from '@/components/layout/StandaloneMessage';
import { AppShell } from '@/components/shell/AppShell';
import { NotFoundPage } from '@/components/shell/NotFoundPage';
import { findPageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { isInstanceOwner } from '@/lib/services/instance-owner';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.errors.page.notFound) };
}

/** Someone who is signed in keeps navigation and search. */
export default async function NotFound() {
  const [t, person] = await Promise.all([getMessages(), findPageContext()]);
  if (person) {
    const { ctx, user, teams, team } = person;
    return (
      <AppShell user={user} teams={teams} team={team} ownsInstance={await isInstanceOwner(ctx)}>
        <NotFoundPage t={t} />
      </AppShell>
    );
  }
  return <StandaloneMessage t={t} title={t.errors.page.notFound} text={t.errors.codes.not_found} />;
}
