import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { CompareView } from '@/components/compare/CompareView';
import { hasResult } from '@/components/compare/has-result';
import { COMPARISON_PAGE } from '@/components/compare/page-size';
import { parseChoice } from '@/components/compare/parse-choice';
import { EmptyState } from '@/components/layout/EmptyState';
import { PageHeader } from '@/components/layout/PageHeader';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { compareAudits } from '@/lib/services/audit-comparison';
import { listComparable } from '@/lib/services/comparable-audits';
import { orNull } from '@/lib/services/or-null';
import { loadOverview } from '../load';

interface ComparePageProps {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: ComparePageProps): Promise<Metadata> {
  const [{ projectName }, t] = await Promise.all([loadOverview((await params).projectId), getMessages()]);
  return { title: t.common.title(t.compare.title, projectName) };
}

export default async function ComparePage({ params, searchParams }: ComparePageProps) {
  const [{ projectId }, parameters] = await Promise.all([params, searchParams]);
  const [overview, { ctx }, t] = await Promise.all([loadOverview(projectId), pageContext(), getMessages()]);
  const asked = [parameters.from, parameters.to].map((value) => (typeof value === 'string' ? value : null));
  const audits = (await listComparable(ctx, projectId, asked)).filter(hasResult);
  const toId = asked[1] ?? audits.find(({ auditId }) => auditId !== asked[0])?.auditId;
  const fromId = asked[0] ?? audits.find(({ auditId }) => auditId !== toId)?.auditId;
  const change = typeof parameters.change === 'string' ? parseChoice(parameters.change).join(',') : '';
  const isKnown = [fromId, toId].every((id) => audits.some(({ auditId }) => auditId === id));
  const filter = { limit: COMPARISON_PAGE, ...(change && { change }) };
  const first = fromId && toId && isKnown ? await orNull(compareAudits(ctx, fromId, toId, filter)) : null;
  return (
    <Page
      crumbs={[
        { label: t.projects.title, href: '/projects' },
        { label: overview.projectName, href: `/projects/${projectId}` },
        { label: t.project.audits.title, href: `/projects/${projectId}/audits` },
        { label: t.compare.title },
      ]}
    >
      {fromId && toId ? (
        <Seeded
          entries={first ? [[queryKeys.comparison(fromId, toId, change), { pages: [first], pageParams: [null] }]] : []}
        >
          <CompareView teamId={overview.teamId} audits={audits} fromId={fromId} toId={toId} />
        </Seeded>
      ) : (
        <>
          <PageHeader title={t.compare.title} />
          <EmptyState title={t.compare.tooFew} />
        </>
      )}
    </Page>
  );
}
