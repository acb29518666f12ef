'use client';

import { useQuery } from '@tanstack/react-query';
import { callApi, queryString } from '@/components/api/client';
import type { ProjectPage } from '@/lib/schemas/projects';

const PAGE_SIZE = 200;
const LOOK_AGAIN_MS = 2_000;

export const projectNamesKey = (teamId: string) => ['project-names', teamId] as const;

/** Names by project id. A project registered meanwhile is looked up soon after it shows. */
export function useProjectNames(teamId: string, projectIds: readonly string[]): Readonly<Record<string, string>> {
  const { data = {} } = useQuery({
    queryKey: projectNamesKey(teamId),
    queryFn: ({ signal }) => loadNames(teamId, signal),
    refetchInterval: ({ state }) => (projectIds.some((id) => !state.data?.[id]) ? LOOK_AGAIN_MS : false),
  });
  return data;
}

async function loadNames(teamId: string, signal: AbortSignal): Promise<Record<string, string>> {
  const names: Record<string, string> = {};
  let cursor: string | null = null;
  do {
    const query: string = queryString({ teamId, limit: PAGE_SIZE, sort: 'name', cursor });
    const page: ProjectPage = await callApi<ProjectPage>(`/projects${query}`, { signal });
    for (const { projectId, projectName } of page.items) names[projectId] = projectName;
    cursor = page.nextCursor;
  } while (cursor);
  return names;
}
