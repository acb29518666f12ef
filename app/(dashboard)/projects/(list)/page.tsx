import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { COLUMNS_COOKIE, parseHiddenColumns } from '@/components/projects/columns';
import { parseProjectsFilter, portfolioRequest } from '@/components/projects/filter';
import { ProjectsView } from '@/components/projects/ProjectsView';
import { PAGE_SIZE } from '@/components/projects/page-size';
import { Page } from '@/components/shell/Page';
import { pageContext } from '@/lib/auth/page-context';
import { hasPermission } from '@/lib/auth/permissions';
import { getMessages } from '@/lib/i18n/server';
import { getPortfolio } from '@/lib/services/portfolio';
import { allowsLocalRepositories } from '@/lib/services/registration';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.projects.title) };
}

interface ProjectsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ProjectsPage({ searchParams }: ProjectsPageProps) {
  const [{ ctx, team }, t, parameters, cookieList] = await Promise.all([
    pageContext(),
    getMessages(),
    searchParams,
    cookies(),
  ]);
  const filter = parseProjectsFilter({ get: (name) => single(parameters[name]) });
  const portfolio = await getPortfolio(ctx, { ...portfolioRequest(filter, team.id), limit: PAGE_SIZE });
  const pages = { pages: [portfolio], pageParams: [null] };
  return (
    <Page crumbs={[{ label: team.name, href: '/projects' }, { label: t.projects.title }]}>
      <Seeded entries={[[queryKeys.portfolioOf(team.id, filter), pages]]}>
        <ProjectsView
          teamId={team.id}
          canRegister={hasPermission(ctx, team.id, 'project.create')}
          canRun={hasPermission(ctx, team.id, 'audit.run')}
          allowsLocal={allowsLocalRepositories()}
          hiddenColumns={parseHiddenColumns(cookieList.get(COLUMNS_COOKIE)?.value)}
        />
      </Seeded>
    </Page>
  );
}

function single(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
