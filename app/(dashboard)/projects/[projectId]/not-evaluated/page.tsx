import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { NotEvaluatedView } from '@/components/not-evaluated/NotEvaluatedView';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getLocale, getMessages } from '@/lib/i18n/server';
import { listProjectMagics } from '@/lib/services/magics';
import { getUnreadFiles } from '@/lib/services/maps';
import { loadOverview } from '../load';

interface NotEvaluatedPageProps {
  params: Promise<{ projectId: string }>;
}

export async function generateMetadata({ params }: NotEvaluatedPageProps): Promise<Metadata> {
  const [{ projectName }, t] = await Promise.all([loadOverview((await params).projectId), getMessages()]);
  return { title: t.common.title(t.notEvaluated.title, projectName) };
}

export default async function NotEvaluatedPage({ params }: NotEvaluatedPageProps) {
  const { projectId } = await params;
  const { ctx } = await pageContext();
  const [overview, unread, t, { language }] = await Promise.all([
    loadOverview(projectId),
    getUnreadFiles(ctx, projectId),
    getMessages(),
    getLocale(),
  ]);
  const rules = (await listProjectMagics(ctx, projectId)).flatMap((magic) => magic.rules);
  return (
    <Page
      crumbs={[
        { label: t.projects.title, href: '/projects' },
        { label: overview.projectName, href: `/projects/${projectId}` },
        { label: t.notEvaluated.title },
      ]}
    >
      <Seeded
        entries={[
          [queryKeys.overview(projectId), overview],
          [queryKeys.unreadFiles(projectId), unread],
        ]}
      >
        <NotEvaluatedView
          projectId={projectId}
          titles={Object.fromEntries(rules.map(({ ruleId, title }) => [ruleId, title[language]]))}
        />
      </Seeded>
    </Page>
  );
}
