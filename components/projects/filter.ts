import { type ProjectFilter, ProjectStatus } from '@/lib/schemas/projects';

export interface ProjectsFilter {
  status: NonNullable<ProjectFilter['status']> | null;
  search: string;
  sort: ProjectFilter['sort'];
}

const SORTS = ['last_audit', 'name', 'health'] as const;
export const DEFAULT_SORT = 'last_audit';
const LONGEST_SEARCH = 200;

/** The filter an address asks for; what it does not understand is left out. */
export function parseProjectsFilter(parameters: { get: (name: string) => string | null }): ProjectsFilter {
  const status = ProjectStatus.safeParse(parameters.get('status'));
  const sort = parameters.get('sort');
  return {
    status: status.success ? status.data : null,
    search: (parameters.get('search') ?? '').slice(0, LONGEST_SEARCH),
    sort: SORTS.find((known) => known === sort) ?? DEFAULT_SORT,
  };
}

/** The address of a filter, without what is the default. */
export function projectsAddress({ status, search, sort }: ProjectsFilter): string {
  const parameters = new URLSearchParams();
  if (status) parameters.set('status', status);
  if (search) parameters.set('search', search);
  if (sort !== DEFAULT_SORT) parameters.set('sort', sort);
  const query = parameters.toString();
  return query ? `/projects?${query}` : '/projects';
}
