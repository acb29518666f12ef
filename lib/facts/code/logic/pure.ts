import { calleeOf } from '../calls';
import { type CodeTree, hasRole, isLeaf, isNamed, kindOf, nextOf, partsOf, textOf } from '../code-tree';

const IMPURE =
  /call|invocation|await|yield|new_expression|creation|increment|decrement|update|assignment|macro|subshell|substitution|index_expression_range|lambda|function|closure|receive|inc_|dec_|template|ERROR|preproc/;

/** No part of it has an effect or may differ from one reading to the next; calls of known pure functions are none. */
export function isPure(tree: CodeTree, node: number): boolean {
  const end = nextOf(tree, node);
  for (let part = node; part < end; part++) {
    if (isPureCall(tree, part)) continue;
    const kind = kindOf(tree, part);
    if (IMPURE.test(kind) || hasRole(tree, part, 'call') || hasRole(tree, part, 'comment')) return false;
    // Unary `<-` and dereferences through pointers may read another value.
    if (kind === '<-' || kind === '++' || kind === '--') return false;
  }
  return true;
}

/** Asks about its arguments only: `len(x)`, `isinstance(x, int)`. */
function isPureCall(tree: CodeTree, node: number): boolean {
  if (!hasRole(tree, node, 'call')) return false;
  const { question } = tree.grammar.table.logic ?? {};
  return question?.test(calleeText(tree, node)) === true;
}

/** Callee as written, without white space; empty for none. */
export function calleeText(tree: CodeTree, call: number): string {
  return (tree.grammar.table.callee?.(tree, call) ?? calleeOf(tree, call) ?? '').replace(/\s+/g, '');
}

/** The same tokens. */
export function isSame(tree: CodeTree, left: number, right: number): boolean {
  const size = nextOf(tree, left) - left;
  if (size !== nextOf(tree, right) - right) return false;
  for (let offset = 0; offset < size; offset++) {
    const a = left + offset;
    const b = right + offset;
    if (tree.kind[a] !== tree.kind[b]) return false;
    if (isLeaf(tree, a) && textOf(tree, a) !== textOf(tree, b)) return false;
  }
  return true;
}

/** What parentheses and C++'s condition clause hold; a clause that declares something stays whole. */
export function unwrapped(tree: CodeTree, node: number): number {
  let inner = node;
  for (;;) {
    const isShell = hasRole(tree, inner, 'parentheses') || kindOf(tree, inner) === 'condition_clause';
    const parts = isShell ? partsOf(tree, inner) : [];
    const [only] = parts;
    if (parts.length !== 1 || only === undefined) return inner;
    inner = only;
  }
}

export const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The operator between two operands, when it is one word. */
export function operatorBetween(tree: CodeTree, left: number, right: number): string | null {
  const words: string[] = [];
  for (let child = nextOf(tree, left); child < right; child = nextOf(tree, child)) {
    if (!isNamed(tree, child)) words.push(folded(textOf(tree, child, 10)));
  }
  return words.length === 1 ? (words[0] ?? null) : null;
}
