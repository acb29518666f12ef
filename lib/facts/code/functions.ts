import type { FunctionFact } from '@/lib/magics/facts/code';
import type { BlobFacts } from '../blob-facts';
import { bodyShape } from './body-shape';
import {
  ancestorWithRole,
  type CodeTree,
  endLineOf,
  endOf,
  fieldText,
  hasRole,
  lineOf,
  nextOf,
  nodesWithRole,
  parentOf,
  textOf,
} from './code-tree';
import type { Complexity } from './complexity';
import { isDocumented } from './documentation';
import type { LineCounts } from './lines';

type FunctionRow = BlobFacts['functions'][number];

/** One per function; the row's position is that of the node in `nodes`. */
export interface FunctionRows {
  nodes: number[];
  rows: FunctionRow[];
}

export function collectFunctions(
  tree: CodeTree,
  complexity: ReadonlyMap<number, Complexity>,
  lines: LineCounts,
): FunctionRows {
  const nodes = nodesWithRole(tree, 'function');
  const words = wordPositions(tree);
  const rows = nodes.map((node) => functionRow(tree, node, complexity.get(node), lines, words));
  return { nodes, rows };
}

function functionRow(
  tree: CodeTree,
  node: number,
  complexity: Complexity | undefined,
  lines: LineCounts,
  words: ReadonlyMap<string, number[]>,
): FunctionRow {
  const { table } = tree.grammar;
  const named = table.functionName(tree, node);
  const name = named ?? '(anonymous)';
  const line = lineOf(tree, node);
  const endLine = endLineOf(tree, node);
  const base = table.functions[kindName(tree, node)] ?? 'function';
  const kind: FunctionFact['kind'] = table.functionKind?.(tree, node, base) ?? base;
  const parameters = table.parameters(tree, node);
  const body = table.functionBody(tree, node);
  const shape = bodyShape(tree, node, body);
  // However many lines the parameters take, they count as one.
  const from = body === null ? line : Math.max(line, lineOf(tree, body));
  return {
    line,
    endLine,
    name: name.slice(0, 120),
    kind,
    container: containerOf(tree, node),
    parameters: parameters.length,
    unusedParameters:
      body === null ? 0 : parameters.filter((parameter) => isUnused(tree, node, parameter, words)).length,
    codeLines: (lines.codeBefore[endLine] ?? 0) - (lines.codeBefore[from - 1] ?? 0) + (from > line ? 1 : 0),
    cyclomatic: complexity?.cyclomatic ?? 1,
    cognitive: complexity?.cognitive ?? 0,
    nesting: complexity?.nesting ?? 0,
    loopDepth: complexity?.loopDepth ?? 0,
    body: shape.body,
    constant: shape.constant,
    isExported: named !== null && table.isExported(tree, node, name) && isReachable(tree, node),
    isOverride: table.isOverride?.(tree, node) ?? false,
    isDocumented: isDocumented(tree, node, body),
  };
}

const kindName = (tree: CodeTree, node: number): string => tree.grammar.names[tree.kind[node] ?? 0] ?? '';

/** Neither inside a hidden type nor inside a function. */
function isReachable(tree: CodeTree, node: number): boolean {
  const { isTypeExported } = tree.grammar.table;
  if (!isTypeExported) return true;
  for (let up = parentOf(tree, node); up >= 0; up = parentOf(tree, up)) {
    if (hasRole(tree, up, 'function') || (hasRole(tree, up, 'class') && !isTypeExported(tree, up))) return false;
  }
  return true;
}

function containerOf(tree: CodeTree, node: number): string | null {
  const { table } = tree.grammar;
  const given = table.container?.(tree, node);
  if (given) return given;
  const owner = ancestorWithRole(tree, node, 'class');
  if (owner === null) return null;
  // A function inside a method belongs to the method, not to the class.
  const outer = ancestorWithRole(tree, node, 'function');
  if (outer !== null && outer > owner) return null;
  return (table.className?.(tree, owner) ?? fieldText(tree, owner, 'name'))?.slice(0, 120) ?? null;
}

/** Positions of each identifier of the file, in order. */
function wordPositions(tree: CodeTree): Map<string, number[]> {
  const words = new Map<string, number[]>();
  for (const node of nodesWithRole(tree, 'identifier')) {
    const text = textOf(tree, node, 100);
    const known = words.get(text);
    if (known) known.push(node);
    else words.set(text, [node]);
  }
  return words;
}

function isUnused(tree: CodeTree, node: number, parameter: number, words: ReadonlyMap<string, number[]>): boolean {
  const name = tree.grammar.table.parameterName(tree, parameter);
  if (name === null || name.startsWith('_')) return false;
  const positions = words.get(name) ?? [];
  // What stands inside a string (template, heredoc, macro) may use it too.
  const after = endOf(tree, parameter);
  const rest = firstAtLeast(positions, nextOf(tree, parameter));
  if (rest < nextOf(tree, node)) return false;
  const text = tree.text.slice(after, endOf(tree, node));
  return text.length > 20_000 || !containsWord(text, name);
}

function firstAtLeast(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) >= limit) high = middle;
    else low = middle + 1;
  }
  return sorted[low] ?? Number.POSITIVE_INFINITY;
}

function containsWord(text: string, word: string): boolean {
  for (let index = text.indexOf(word); index >= 0; index = text.indexOf(word, index + 1)) {
    const before = text[index - 1] ?? ' ';
    const after = text[index + word.length] ?? ' ';
    if (!/[\w$]/.test(before) && !/[\w$]/.test(after)) return true;
  }
  return false;
}

/** Largest number of methods directly in one class; overloads without a body are one with what implements them. */
export function countClassMethods(tree: CodeTree, { nodes, rows }: FunctionRows): number {
  const byOwner = new Map<number | string, number>();
  const named = new Set<string>();
  for (const isDeclared of [false, true]) {
    for (const [index, node] of nodes.entries()) {
      const row = rows[index];
      if (!row || row.container === null || row.kind === 'lambda' || row.kind === 'accessor') continue;
      if ((row.body === 'none') !== isDeclared) continue;
      const owner = ancestorWithRole(tree, node, 'class') ?? row.container;
      const key = `${owner} ${row.name}`;
      if (isDeclared && named.has(key)) continue;
      named.add(key);
      byOwner.set(owner, (byOwner.get(owner) ?? 0) + 1);
    }
  }
  return Math.max(0, ...byOwner.values());
}
