import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { PolicyEditor } from '@/components/policy/PolicyEditor';
import { Page } from '@/components/shell/Page';
import { getMessages } from '@/lib/i18n/server';
import { getConfiguration } from '@/lib/services/configuration';
import { teamOfAddress } from '../../load';

interface PolicyPageProps {
  params: Promise<{ teamId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.policy.title) };
}

export default async function PolicyPage({ params }: PolicyPageProps) {
  const [{ ctx, team }, t] = await Promise.all([teamOfAddress(params), getMessages()]);
  const view = await getConfiguration(ctx, team.id);
  return (
    <Page crumbs={[{ label: team.name, href: '/projects' }, { label: t.policy.title }]}>
      <Seeded entries={[[queryKeys.configuration(team.id), view]]}>
        <PolicyEditor team={{ id: team.id, name: team.name }} />
      </Seeded>
    </Page>
  );
}
