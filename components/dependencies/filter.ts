import { DEPENDENCY_KINDS, type DependencyKind, ECOSYSTEMS, type Ecosystem } from '@/lib/schemas/dependencies';

/** What the list of packages is narrowed to. */
export interface DependenciesFilter {
  ecosystem: Ecosystem | null;
  kind: DependencyKind | null;
  search: string;
}

const LONGEST_TEXT = 200;

/** The filter an address asks for; what it does not understand is left out. */
export function parseDependenciesFilter(parameters: { get: (name: string) => string | null }): DependenciesFilter {
  return {
    ecosystem: ECOSYSTEMS.find((known) => known === parameters.get('ecosystem')) ?? null,
    kind: DEPENDENCY_KINDS.find((known) => known === parameters.get('kind')) ?? null,
    search: (parameters.get('search') ?? '').replace(/\p{Cc}/gu, '').slice(0, LONGEST_TEXT),
  };
}

/** The same as the API takes it. */
export function dependenciesQuery({ ecosystem, kind, search }: DependenciesFilter) {
  return { ...(ecosystem && { ecosystem }), ...(kind && { kind }), ...(search && { search }) };
}
