import type { Metadata } from 'next';
import { PageHeader } from '@/components/layout/PageHeader';
import { RulesView } from '@/components/rules/RulesView';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getFormat, getMessages } from '@/lib/i18n/server';
import { listTeamMagics } from '@/lib/services/magics';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.rules.title) };
}

export default async function RulesPage() {
  const [t, format, { ctx, team }] = await Promise.all([getMessages(), getFormat(), pageContext()]);
  const magics = await listTeamMagics(ctx, team.id);
  const rules = magics.reduce((sum, magic) => sum + magic.rules.length, 0);
  return (
    <Page crumbs={[{ label: t.rules.title }]}>
      <PageHeader title={t.rules.title} lead={t.rules.summary(format.number(rules), format.number(magics.length))} />
      <RulesView magics={magics} />
    </Page>
  );
}
