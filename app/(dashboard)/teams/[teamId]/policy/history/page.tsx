import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { HistoryView } from '@/components/policy-history/HistoryView';
import { Page } from '@/components/shell/Page';
import { getMessages } from '@/lib/i18n/server';
import { getConfiguration } from '@/lib/services/configuration';
import { teamOfAddress } from '../../load';

interface HistoryPageProps {
  params: Promise<{ teamId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.policy.history.page) };
}

export default async function HistoryPage({ params }: HistoryPageProps) {
  const [{ ctx, team }, t] = await Promise.all([teamOfAddress(params), getMessages()]);
  const view = await getConfiguration(ctx, team.id);
  return (
    <Page
      crumbs={[
        { label: team.name, href: '/projects' },
        { label: t.policy.title, href: `/teams/${team.id}/policy` },
        { label: t.policy.history.page },
      ]}
    >
      <Seeded
        entries={[
          [queryKeys.configuration(team.id), view],
          [queryKeys.configurationHistory(team.id), { pages: [view.customizationHistory], pageParams: [null] }],
        ]}
      >
        <HistoryView team={{ id: team.id, name: team.name }} />
      </Seeded>
    </Page>
  );
}
