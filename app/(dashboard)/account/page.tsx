import type { Metadata } from 'next';
import { AccountView } from '@/components/account/AccountView';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { listIdentities } from '@/lib/services/identities';
import { listOwnSessions } from '@/lib/services/own-sessions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.access.account.title) };
}

export default async function AccountPage({ searchParams }: { searchParams: Promise<{ error?: string | string[] }> }) {
  const [{ error }, { ctx, user }, t] = await Promise.all([searchParams, pageContext(), getMessages()]);
  const [sessions, identities] = await Promise.all([listOwnSessions(ctx), listIdentities(ctx)]);
  return (
    <Page crumbs={[{ label: t.access.account.title }]}>
      <Seeded
        entries={[
          [queryKeys.sessions, sessions],
          [queryKeys.identities, identities],
        ]}
      >
        <AccountView user={{ name: user.name, email: user.email }} isRefused={error !== undefined} />
      </Seeded>
    </Page>
  );
}
