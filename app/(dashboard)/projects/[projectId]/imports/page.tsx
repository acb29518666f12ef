import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { ImportsView } from '@/components/imports/ImportsView';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { listImports } from '@/lib/services/imports';
import { loadOverview } from '../load';

interface ImportsPageProps {
  params: Promise<{ projectId: string }>;
}

export async function generateMetadata({ params }: ImportsPageProps): Promise<Metadata> {
  const [{ projectName }, t] = await Promise.all([loadOverview((await params).projectId), getMessages()]);
  return { title: t.common.title(t.imports.title, projectName) };
}

export default async function ImportsPage({ params }: ImportsPageProps) {
  const { projectId } = await params;
  const [overview, { ctx }, t] = await Promise.all([loadOverview(projectId), pageContext(), getMessages()]);
  const first = await listImports(ctx, projectId);
  return (
    <Page
      crumbs={[
        { label: t.projects.title, href: '/projects' },
        { label: overview.projectName, href: `/projects/${projectId}` },
        { label: t.findings.title, href: `/projects/${projectId}/findings` },
        { label: t.imports.title },
      ]}
    >
      <Seeded entries={[[queryKeys.imports(projectId), first]]}>
        <ImportsView
          projectId={projectId}
          commit={overview.current?.commit?.id ?? null}
          canSend={overview.canRunAudit}
        />
      </Seeded>
    </Page>
  );
}
