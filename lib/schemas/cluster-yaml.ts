import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { ClusterConfiguration } from './cluster-configuration';
import { type FieldProblem, fieldProblem } from './field-problem';

const MOST_ALIASES = 100;

interface Parsed {
  /** What the text says; `{}` where it says nothing. */
  given: unknown;
  /** Why it is no YAML; null where it is. */
  wrong: { line: number; problem: string } | null;
  document: Document.Parsed;
  lines: LineCounter;
}

/** What is wrong with a configuration, and the line of the text where it says so. */
export interface PlacedProblem extends FieldProblem {
  line: number | null;
}

export interface CheckedYaml {
  text: string;
  configuration: ClusterConfiguration | null;
  problems: readonly PlacedProblem[];
}

export function parseClusterYaml(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const wrongAt = (offset: number, problem: string): Parsed => ({
    given: undefined,
    wrong: { line: lines.linePos(offset).line, problem },
    document,
    lines,
  });
  const [error] = document.errors;
  if (error) return wrongAt(error.pos[0], error.message);
  try {
    return { given: document.toJS({ maxAliasCount: MOST_ALIASES }) ?? {}, wrong: null, document, lines };
  } catch (reason) {
    return wrongAt(0, reason instanceof Error ? reason.message : String(reason));
  }
}

/** Reads a configuration out of YAML, with every path that is wrong and where it stands. */
export function checkClusterYaml(text: string): CheckedYaml {
  const { given, wrong, document, lines } = parseClusterYaml(text);
  if (wrong) return { text, configuration: null, problems: [{ field: '', ...wrong }] };
  const read = ClusterConfiguration.safeParse(given);
  if (read.success) return { text, configuration: read.data, problems: [] };
  const problems = read.error.issues.map((issue) => ({
    ...fieldProblem(issue),
    line: lineOf(document, lines, [...issue.path, ...unknownKey(issue)]),
  }));
  return { text, configuration: null, problems };
}

/** Sets values of a text by their paths, and leaves all else of it as it was written. Text that is no YAML stays as it is. */
export function changeClusterYaml(text: string, changes: readonly { path: string; value: unknown }[]): string {
  const { document, wrong } = parseClusterYaml(text);
  if (wrong || changes.length === 0) return text;
  if (!isMap(document.contents)) {
    if (document.contents !== null) return text;
    document.contents = document.createNode({}) as unknown as typeof document.contents;
  }
  for (const { path, value } of changes) setAt(document, path.split('.'), value);
  return document.toString({ lineWidth: 0 });
}

/** Parents that are no maps, as an empty `web:`, become some. */
function setAt(document: Document.Parsed, path: readonly string[], value: unknown): void {
  for (let depth = 1; depth < path.length; depth += 1) {
    const parent = path.slice(0, depth);
    const node = document.getIn(parent, true);
    if (node !== undefined && !isMap(node)) document.deleteIn(parent);
  }
  document.setIn(path, value);
}

/** The line of a path, or of the nearest part of it that is there. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    const node = isMap(parent)
      ? parent.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.key
      : isSeq(parent)
        ? parent.items[Number(key)]
        : undefined;
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) return lines.linePos(start).line;
  }
  return null;
}

function unknownKey(issue: z.core.$ZodIssue): readonly string[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
}
