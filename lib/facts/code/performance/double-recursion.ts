import type { CallSite } from '../calls';
import { type CodeTree, hasRole, nodesWithRole, partsOf, textOf } from '../code-tree';
import { argumentsOf, functionAround } from './scope';
import { type SlowRow, slowRow } from './slow-row';

const SMALLER = /^\(?\s{0,3}\$?(?<name>\w{1,40})\s{0,3}-\s{0,3}\d{1,6}\s{0,3}[,)]?/;
const ANY_SMALLER = /\(\$?\w{1,40} ?- ?\d/;
const REMEMBERS = /memo|cache|\bdp\b|\btable\b|\bseen\b|\bknown\b/i;
const MAX_FUNCTION = 10_000;

/** `f(n - 1) + f(n - 2)`: the number of calls doubles with each step, unless results are kept. */
export function doubleRecursions(tree: CodeTree, sites: readonly CallSite[]): SlowRow[] {
  const { table } = tree.grammar;
  if (!ANY_SMALLER.test(tree.text)) return [];
  const smaller = new Map<number, { callee: string; name: string }>();
  for (const { node, callee } of sites) {
    const list = argumentsOf(tree, node);
    const name = list === null ? undefined : SMALLER.exec(textOf(tree, list, 100))?.groups?.name;
    if (name !== undefined) smaller.set(node, { callee, name });
  }
  if (smaller.size < 2) return [];
  const rows: SlowRow[] = [];
  for (const node of nodesWithRole(tree, 'binary')) {
    const [left, right] = partsOf(tree, node).map((part) => smaller.get(unwrap(tree, part)));
    if (!left || !right || left.callee !== right.callee || left.name !== right.name) continue;
    const fn = functionAround(tree, node);
    if (fn === null) continue;
    const own = table.functionName(tree, fn);
    const last = /[\w$]+$/.exec(left.callee)?.[0];
    if (own === null || own !== last) continue;
    // Decorators stand before the function.
    const start = tree.start[fn] ?? 0;
    const text = tree.text.slice(Math.max(0, start - 120), start) + textOf(tree, fn, MAX_FUNCTION);
    if (!REMEMBERS.test(text)) rows.push(slowRow(tree, node, 'double-recursion', own));
  }
  return rows;
}

function unwrap(tree: CodeTree, node: number): number {
  const [only] = hasRole(tree, node, 'parentheses') ? partsOf(tree, node) : [];
  return only ?? node;
}
