import '@fontsource-variable/jetbrains-mono/wght.css';
import type { Metadata } from 'next';
import * as z from 'zod';
import { queryKeys } from '@/components/api/keys';
import { Seeded } from '@/components/api/Seeded';
import { RecommendedView } from '@/components/recommended-policy/RecommendedView';
import { Page } from '@/components/shell/Page';
import { getMessages } from '@/lib/i18n/server';
import { getConfiguration } from '@/lib/services/configuration';
import { orNull } from '@/lib/services/or-null';
import { listProjects } from '@/lib/services/project-list';
import { getProjectOverview } from '@/lib/services/projects';
import { getRecommendedPolicy } from '@/lib/services/recommended-policy';
import { teamOfAddress } from '../../load';

interface RecommendedPageProps {
  params: Promise<{ teamId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const Id = z.uuid();

/** As many as one list of choices holds. */
const MOST_PROJECTS = 100;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getMessages();
  return { title: t.common.title(t.policy.recommended.title) };
}

export default async function RecommendedPage({ params, searchParams }: RecommendedPageProps) {
  const [{ ctx, team }, { project }, t] = await Promise.all([teamOfAddress(params), searchParams, getMessages()]);
  const [view, { items }] = await Promise.all([
    getConfiguration(ctx, team.id),
    listProjects(ctx, { teamId: team.id, sort: 'name', limit: MOST_PROJECTS }),
  ]);
  const listed = items.map(({ projectId, projectName }) => ({ projectId, projectName }));
  const isListed = listed.some(({ projectId }) => projectId === project);
  const asked =
    isListed || !Id.safeParse(project).success ? null : await orNull(getProjectOverview(ctx, String(project)));
  const projects =
    asked?.teamId === team.id ? [...listed, { projectId: asked.projectId, projectName: asked.projectName }] : listed;
  const projectId = (projects.find((one) => one.projectId === project) ?? projects[0])?.projectId ?? null;
  const recommended = projectId && (await getRecommendedPolicy(ctx, projectId));
  return (
    <Page
      crumbs={[
        { label: team.name, href: '/projects' },
        { label: t.policy.title, href: `/teams/${team.id}/policy` },
        { label: t.policy.recommended.title },
      ]}
    >
      <Seeded
        entries={[
          [queryKeys.configuration(team.id), view],
          ...(projectId && recommended
            ? [[queryKeys.recommendedPolicy(projectId, view.version), recommended] as const]
            : []),
        ]}
      >
        <RecommendedView team={{ id: team.id, name: team.name }} projects={projects} />
      </Seeded>
    </Page>
  );
}
