import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { AuditsView } from '@/components/audits/AuditsView';
import { PAGE_SIZE } from '@/components/audits/page-size';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { listAudits } from '@/lib/services/audits';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.audits.title) };
}

export default async function AuditsPage() {
  const [{ ctx, team }, t] = await Promise.all([pageContext(), getMessages()]);
  const first = await listAudits(ctx, { teamId: team.id, limit: PAGE_SIZE });
  return (
    <Page crumbs={[{ label: team.name, href: '/projects' }, { label: t.audits.title }]}>
      <Seeded entries={[[queryKeys.auditsOf({ teamId: team.id }), { pages: [first], pageParams: [null] }]]}>
        <AuditsView teamId={team.id} />
      </Seeded>
    </Page>
  );
}
