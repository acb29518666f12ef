import { type ProjectFilter, ProjectStatus } from '@/lib/schemas/projects';

export interface ProjectsFilter {
  status: NonNullable<ProjectFilter['status']> | null;
  search: string;
  /** A programming language. */
  stack: string | null;
  /** Of all teams one is in, not only the one on screen. */
  isEveryTeam: boolean;
  sort: ProjectFilter['sort'];
}

const SORTS = ['last_audit', 'name', 'health'] as const;
export const DEFAULT_SORT = 'last_audit';
const LONGEST_SEARCH = 200;
const LONGEST_STACK = 40;

/** The filter an address asks for; what it does not understand is left out. */
export function parseProjectsFilter(parameters: { get: (name: string) => string | null }): ProjectsFilter {
  const status = ProjectStatus.safeParse(parameters.get('status'));
  const stack = parameters.get('stack') ?? '';
  const sort = parameters.get('sort');
  return {
    status: status.success ? status.data : null,
    search: (parameters.get('search') ?? '').slice(0, LONGEST_SEARCH),
    stack: stack && stack.length <= LONGEST_STACK ? stack : null,
    isEveryTeam: parameters.get('teams') === 'all',
    sort: SORTS.find((known) => known === sort) ?? DEFAULT_SORT,
  };
}

/** The address of a filter, without what is the default. */
export function projectsAddress({ status, search, stack, isEveryTeam, sort }: ProjectsFilter): string {
  const parameters = new URLSearchParams();
  if (status) parameters.set('status', status);
  if (search) parameters.set('search', search);
  if (stack) parameters.set('stack', stack);
  if (isEveryTeam) parameters.set('teams', 'all');
  if (sort !== DEFAULT_SORT) parameters.set('sort', sort);
  const query = parameters.toString();
  return query ? `/projects?${query}` : '/projects';
}

/** What the service is asked for. */
export function portfolioRequest({ status, search, stack, isEveryTeam, sort }: ProjectsFilter, teamId: string) {
  return {
    sort,
    ...(status && { status }),
    ...(search && { search }),
    ...(stack && { stack }),
    ...(!isEveryTeam && { teamId }),
  };
}

export const NO_FILTER = { status: null, search: '', stack: null } as const;
