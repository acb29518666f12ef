import type { ProjectText } from '../project-text';

/** One package as a lock file states it. */
export interface LockedPackage {
  name: string;
  version: string;
  line: number;
  isDirect: boolean;
  isDevelopment: boolean;
  /** Manifest that asked for it; the one beside the lock file otherwise. */
  manifest?: string;
  licence?: string | null;
}

export interface LockInput extends ProjectText {
  /** Well-known files of the repository beside and below the lock file; for Maven, whose parents lie above, all of them. */
  siblings: readonly ProjectText[];
}

/** Answers null for what it cannot read. Never throws for what the text holds. */
export type LockReader = (input: LockInput) => LockedPackage[] | null;

/** A package in the graph of a lock file. */
export interface GraphNode {
  id: string;
  name: string;
  version: string;
  line: number;
  licence?: string | null;
  /** Ids of what it depends on. */
  edges: readonly string[];
}

/** A dependency that a manifest asks for. */
export interface Root {
  /** Id of its node. */
  id: string;
  isDevelopment: boolean;
  manifest?: string;
}

/** Marks what is asked for, and what only development leads to. */
export function fromGraph(nodes: readonly GraphNode[], roots: readonly Root[]): LockedPackage[] {
  // Two versions of a package may share an id where the lock file tells them apart by platform only.
  const edges = new Map<string, string[]>();
  for (const node of nodes) edges.set(node.id, [...(edges.get(node.id) ?? []), ...node.edges]);
  const idsOf = (isDevelopment: boolean) =>
    roots.filter((root) => root.isDevelopment === isDevelopment).map(({ id }) => id);
  const shipped = reachable(idsOf(false), edges);
  const developed = reachable(idsOf(true), edges);
  const direct = new Map<string, Root>();
  for (const root of roots) if (!direct.has(root.id)) direct.set(root.id, root);
  return nodes.map(({ id, name, version, line, licence }) => {
    const root = direct.get(id);
    return {
      name,
      version,
      line,
      isDirect: root !== undefined,
      isDevelopment: developed.has(id) && !shipped.has(id),
      ...(root?.manifest !== undefined && { manifest: root.manifest }),
      licence: licence ?? null,
    };
  });
}

function reachable(starts: readonly string[], edges: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set(starts);
  // A set also yields what is added to it on the way.
  for (const id of seen) for (const next of edges.get(id) ?? []) seen.add(next);
  return seen;
}

/** Line of the first match of each name, which the pattern captures; the pattern needs the flags `g` and `m`. */
export function linesOf(text: string, pattern: RegExp): Map<string, number> {
  const lines = new Map<string, number>();
  for (const [name, line] of matchedLines(text, pattern)) if (!lines.has(name)) lines.set(name, line);
  return lines;
}

/** Captured text and line of each match, in order. */
export function matchedLines(text: string, pattern: RegExp): [text: string, line: number][] {
  const found: [string, number][] = [];
  let line = 1;
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    for (let next = text.indexOf('\n', at); next >= 0 && next < match.index; next = text.indexOf('\n', at)) {
      line += 1;
      at = next + 1;
    }
    found.push([match[1] ?? '', line]);
  }
  return found;
}
