import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { AuditView } from '@/components/audit/AuditView';
import { groupNames } from '@/components/project/names';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getLocale, getMessages } from '@/lib/i18n/server';
import { listProjectMagics } from '@/lib/services/magics';
import { getProjectOverview } from '@/lib/services/projects';
import { loadAudit } from './load';

interface AuditPageProps {
  params: Promise<{ auditId: string }>;
}

export async function generateMetadata({ params }: AuditPageProps): Promise<Metadata> {
  const [audit, t] = await Promise.all([loadAudit((await params).auditId), getMessages()]);
  return { title: t.common.title(t.audit.title(audit.number), audit.projectName) };
}

export default async function AuditPage({ params }: AuditPageProps) {
  const { auditId } = await params;
  const [audit, { ctx }, t, { language }] = await Promise.all([
    loadAudit(auditId),
    pageContext(),
    getMessages(),
    getLocale(),
  ]);
  const [overview, magics] = await Promise.all([
    getProjectOverview(ctx, audit.projectId),
    listProjectMagics(ctx, audit.projectId),
  ]);
  return (
    <Page
      crumbs={[
        { label: t.projects.title, href: '/projects' },
        { label: audit.projectName, href: `/projects/${audit.projectId}` },
        { label: t.project.audits.title, href: `/projects/${audit.projectId}/audits` },
        { label: t.audit.title(audit.number) },
      ]}
    >
      <Seeded entries={[[queryKeys.audit(auditId), audit]]}>
        <AuditView
          auditId={auditId}
          groups={groupNames(magics, language)}
          canCancel={overview.canRunAudit}
          current={overview.current?.number ?? null}
        />
      </Seeded>
    </Page>
  );
}
