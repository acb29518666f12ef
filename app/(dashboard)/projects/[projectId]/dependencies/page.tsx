import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { DependenciesView } from '@/components/dependencies/DependenciesView';
import { dependenciesQuery, parseDependenciesFilter } from '@/components/dependencies/filter';
import { DEPENDENCIES_PAGE } from '@/components/dependencies/page-size';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { getMessages } from '@/lib/i18n/server';
import { listDependencies } from '@/lib/services/dependencies';
import { loadOverview } from '../load';

interface DependenciesPageProps {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: DependenciesPageProps): Promise<Metadata> {
  const [{ projectName }, t] = await Promise.all([loadOverview((await params).projectId), getMessages()]);
  return { title: t.common.title(t.dependencies.title, projectName) };
}

export default async function DependenciesPage({ params, searchParams }: DependenciesPageProps) {
  const [{ projectId }, parameters] = await Promise.all([params, searchParams]);
  const [overview, { ctx }, t] = await Promise.all([loadOverview(projectId), pageContext(), getMessages()]);
  const get = (name: string) => {
    const value = parameters[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  const filter = dependenciesQuery(parseDependenciesFilter({ get }));
  const first = await listDependencies(ctx, projectId, { ...filter, limit: DEPENDENCIES_PAGE });
  return (
    <Page
      crumbs={[
        { label: t.projects.title, href: '/projects' },
        { label: overview.projectName, href: `/projects/${projectId}` },
        { label: t.dependencies.title },
      ]}
    >
      <Seeded
        entries={[
          [queryKeys.overview(projectId), overview],
          [queryKeys.dependenciesOf(projectId, filter), { pages: [first], pageParams: [null] }],
        ]}
      >
        <DependenciesView projectId={projectId} />
      </Seeded>
    </Page>
  );
}
