import type { BlobFacts } from '../blob-facts';
import {
  ancestorWithRole,
  type CodeTree,
  endOf,
  hasRole,
  lineOf,
  nodesWithRole,
  parentOf,
  startOf,
  textOf,
} from './code-tree';
import type { FunctionRows } from './functions';
import { isDeclaration } from './logic/declarations';

type Row = BlobFacts['shortNames'][number];

/** In a shorter function, or over fewer lines, a letter is read where it was introduced. */
const MIN_FUNCTION_LINES = 15;
const MIN_SPAN_LINES = 10;
/** Letters with a meaning of their own: counters, coordinates, a number, an error, a key, a test, translations. */
const CUSTOMARY = new Set('ijknxyzte_$');

/** Variables and parameters of one letter that a reader has to remember, outside loops and lambdas. */
export function collectShortNames(tree: CodeTree, functions: FunctionRows): Row[] {
  const { table } = tree.grammar;
  // Short names are the custom of Go, and a shell's own parameters are numbers.
  if (table.id === 'go' || table.id === 'bash') return [];
  const rowOf = new Map(functions.nodes.map((node, index) => [node, functions.rows[index]]));
  const uses = new Map<string, { owner: number; name: string; first: number; last: number; isIntroduced: boolean }>();
  for (const node of nodesWithRole(tree, 'identifier')) {
    if (endOf(tree, node) - startOf(tree, node) !== 1) continue;
    const name = textOf(tree, node);
    if (CUSTOMARY.has(name) || !/^\p{Ll}$/u.test(name)) continue;
    const owner = namedFunction(tree, node);
    const row = owner === null ? undefined : rowOf.get(owner);
    if (owner === null || row === undefined || row.codeLines <= MIN_FUNCTION_LINES) continue;
    const key = `${owner} ${name}`;
    const line = lineOf(tree, node);
    const use = uses.get(key) ?? { owner, name, first: line, last: line, isIntroduced: false };
    use.last = Math.max(use.last, line);
    use.isIntroduced ||= isOfFunction(tree, node, owner) && !isCounter(tree, node) && isDeclaration(tree, node);
    uses.set(key, use);
  }
  return [...uses.values()]
    .filter(({ owner, name, first, last, isIntroduced }) => {
      const isParameter = table.parameters(tree, owner).some((part) => table.parameterName(tree, part) === name);
      return (isIntroduced || isParameter) && last - first > MIN_SPAN_LINES;
    })
    .map(({ owner, name, first }) => ({ line: first, name, functionLine: lineOf(tree, owner) }));
}

const isOfFunction = (tree: CodeTree, node: number, owner: number): boolean =>
  ancestorWithRole(tree, node, 'function') === owner;

/** The function around a node, lambdas left out. */
function namedFunction(tree: CodeTree, node: number): number | null {
  let owner = ancestorWithRole(tree, node, 'function');
  for (let step = 0; owner !== null && step < 20; step++) {
    if (tree.grammar.table.functionName(tree, owner) !== null) return owner;
    owner = ancestorWithRole(tree, owner, 'function');
  }
  return null;
}

/** Introduced by a loop's head or by a handler. */
function isCounter(tree: CodeTree, node: number): boolean {
  for (let up = parentOf(tree, node), step = 0; up >= 0 && step < 5; up = parentOf(tree, up), step++) {
    if (hasRole(tree, up, 'loop') || hasRole(tree, up, 'catch')) return true;
    if (hasRole(tree, up, 'block') || hasRole(tree, up, 'function')) return false;
  }
  return false;
}
