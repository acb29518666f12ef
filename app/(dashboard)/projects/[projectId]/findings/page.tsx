import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { FindingsView } from '@/components/findings/FindingsView';
import { filterQuery, parseFindingsFilter } from '@/components/findings/filter';
import { FINDINGS_PAGE } from '@/components/findings/page-size';
import { ruleTexts } from '@/components/findings/rule-texts';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getLocale, getMessages } from '@/lib/i18n/server';
import { FRAMEWORK_IDS, FRAMEWORKS } from '@/lib/magics/frameworks';
import { listAuditSuppressions } from '@/lib/services/audit-suppressions';
import { listFindings } from '@/lib/services/findings';
import { listProjectMagics } from '@/lib/services/magics';
import { getProjectConfiguration } from '@/lib/services/project-configuration';
import { loadOverview } from '../load';
import { loadFinding } from './load';

interface FindingsPageProps {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: FindingsPageProps): Promise<Metadata> {
  const [{ projectName }, t] = await Promise.all([loadOverview((await params).projectId), getMessages()]);
  return { title: t.common.title(t.findings.title, projectName) };
}

export default async function FindingsPage({ params, searchParams }: FindingsPageProps) {
  const [{ projectId }, parameters] = await Promise.all([params, searchParams]);
  const [overview, { ctx }, t, { language }] = await Promise.all([
    loadOverview(projectId),
    pageContext(),
    getMessages(),
    getLocale(),
  ]);
  const get = (name: string) => {
    const value = parameters[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  const rules = ruleTexts(await listProjectMagics(ctx, projectId), language);
  const filter = filterQuery(parseFindingsFilter({ get }, rules));
  const auditId = overview.current?.auditId;
  const [first, finding, configuration, asked] = await Promise.all([
    listFindings(ctx, projectId, { ...filter, limit: FINDINGS_PAGE }),
    loadFinding(projectId, get('finding')),
    getProjectConfiguration(ctx, projectId),
    auditId ? listAuditSuppressions(ctx, auditId) : null,
  ]);
  const frameworks = FRAMEWORK_IDS.map((frameworkId) => ({
    frameworkId,
    title: FRAMEWORKS[frameworkId].title[language],
    isNamed: configuration.effective.complianceFrameworks.includes(frameworkId),
  }));
  return (
    <Page
      isFlush
      crumbs={[
        { label: t.projects.title, href: '/projects' },
        { label: overview.projectName, href: `/projects/${projectId}` },
        { label: t.findings.title },
      ]}
    >
      <Seeded
        entries={[
          [queryKeys.overview(projectId), overview],
          [queryKeys.findingsOf(projectId, filter), { pages: [first], pageParams: [null] }],
          ...(auditId ? [[queryKeys.suppressions(auditId), asked] as const] : []),
          ...(finding ? [[queryKeys.findingsOf(projectId, { findingId: finding.findingId }), finding] as const] : []),
        ]}
      >
        <FindingsView projectId={projectId} rules={rules} frameworks={frameworks} />
      </Seeded>
    </Page>
  );
}
