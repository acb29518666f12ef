import type { ComponentFact, FileFact, ImportFact } from '../facts/code';
import { compareText } from '../hash';
import { directoryOf, languageOfPath } from '../paths';
import type { Location } from '../types';

export interface Dependencies {
  level: 'workspace' | 'directory';
  /** Node of a production path; null for files that stand in no part. */
  nodeOf(path: string): string | null;
  edges: Map<string, Set<string>>;
  /** First import behind an edge, by `from to` with a line break between. */
  places: Map<string, Location>;
}

const edgeKey = (from: string, to: string) => `${from}\n${to}`;

export function placeOfEdge(dependencies: Dependencies, from: string, to: string): Location | null {
  return dependencies.places.get(edgeKey(from, to)) ?? null;
}

/** A directory and one inside it are parts of one thing. */
const isNested = (a: string, b: string) => a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

/**
 * Which part of the production code imports which at run time: components, or directories where there is one component.
 * Modules of one Rust crate may refer to each other freely: the crate is the unit. Packages of Go cannot form a circle, and
 * a directory that holds several is no unit, so that its edges say nothing here.
 */
export function readDependencies(
  components: readonly ComponentFact[],
  files: readonly FileFact[],
  imports: readonly ImportFact[],
): Dependencies {
  const parts = new Map(components.filter((part) => part.kind !== 'root').map((part) => [part.id, part]));
  const isWorkspace = [...parts.values()].some((part) => part.kind === 'workspace');
  const isSplit = parts.size > 1;
  const componentOf = new Map(
    files.filter((file) => file.role === 'production').map((file) => [file.path, file.component]),
  );

  const nodeOf = (path: string): string | null => {
    const component = componentOf.get(path);
    if (component === undefined) return null;
    if (!isSplit) return directoryOf(path);
    return parts.has(component) ? component : null;
  };

  const edges = new Map<string, Set<string>>();
  const places = new Map<string, Location>();
  const sorted = [...imports].sort((a, b) => compareText(a.path, b.path) || a.line - b.line);
  for (const { path, line, target, isTypeOnly } of sorted) {
    if (target === null || isTypeOnly) continue;
    const from = nodeOf(path);
    const to = nodeOf(target);
    if (from === null || to === null || from === to || isNested(from, to) || from === '.' || to === '.') continue;
    if (languageOfPath(path) === 'go') continue;
    const isWithinCrate = languageOfPath(path) === 'rust' && !(isWorkspace && parts.get(from)?.kind === 'workspace');
    if (isWithinCrate) continue;
    edges.set(from, (edges.get(from) ?? new Set()).add(to));
    const key = edgeKey(from, to);
    if (!places.has(key)) places.set(key, { path, line });
  }
  return { level: isWorkspace ? 'workspace' : 'directory', nodeOf, edges, places };
}
