import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { FINDINGS_PAGE } from '@/components/findings/page-size';
import { ruleTexts } from '@/components/findings/rule-texts';
import { InboxView } from '@/components/inbox/InboxView';
import { inboxQuery, parseInbox } from '@/components/inbox/inbox-filter';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getLocale, getMessages } from '@/lib/i18n/server';
import { FRAMEWORK_IDS, FRAMEWORKS } from '@/lib/magics/frameworks';
import { getConfiguration } from '@/lib/services/configuration';
import { listInbox } from '@/lib/services/inbox';
import { listTeamMagics } from '@/lib/services/magics';

interface InboxPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.triage.inbox) };
}

export default async function InboxPage({ searchParams }: InboxPageProps) {
  const [parameters, { ctx, team }, t, { language }] = await Promise.all([
    searchParams,
    pageContext(),
    getMessages(),
    getLocale(),
  ]);
  const get = (name: string) => {
    const value = parameters[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  const asked = inboxQuery(parseInbox({ get }));
  const [first, magics, { configuration }] = await Promise.all([
    listInbox(ctx, { ...asked, teamId: team.id, limit: FINDINGS_PAGE }),
    listTeamMagics(ctx, team.id),
    getConfiguration(ctx, team.id),
  ]);
  const frameworks = FRAMEWORK_IDS.map((frameworkId) => ({
    frameworkId,
    title: FRAMEWORKS[frameworkId].title[language],
    isNamed: configuration.complianceFrameworks.includes(frameworkId),
  }));
  return (
    <Page isFlush crumbs={[{ label: t.triage.inbox }]}>
      <Seeded entries={[[queryKeys.inboxOf(team.id, asked), { pages: [first], pageParams: [null] }]]}>
        <InboxView teamId={team.id} rules={ruleTexts(magics, language)} frameworks={frameworks} />
      </Seeded>
    </Page>
  );
}
