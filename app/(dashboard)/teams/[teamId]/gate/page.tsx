import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { GateEditor } from '@/components/gate/GateEditor';
import { Page } from '@/components/shell/Page';
import { getMessages } from '@/lib/i18n/server';
import { getConfiguration } from '@/lib/services/configuration';
import { teamOfAddress } from '../load';

interface GatePageProps {
  params: Promise<{ teamId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.gate.title) };
}

export default async function GatePage({ params }: GatePageProps) {
  const [{ ctx, team }, t] = await Promise.all([teamOfAddress(params), getMessages()]);
  const view = await getConfiguration(ctx, team.id);
  return (
    <Page crumbs={[{ label: team.name, href: '/projects' }, { label: t.gate.title }]}>
      <Seeded entries={[[queryKeys.configuration(team.id), view]]}>
        <GateEditor team={{ id: team.id, name: team.name }} />
      </Seeded>
    </Page>
  );
}
