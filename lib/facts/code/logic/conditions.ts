import { type CodeTree, childrenOf, fieldOf, hasRole, kindOf, partsOf } from '../code-tree';
import { isElseIf } from '../complexity';

const MAX_CHAIN = 500;

/** What decides an `if`, an `else if`, a ternary or a loop. */
export function conditionOf(tree: CodeTree, node: number): number | null {
  const field = fieldOf(tree, node, 'condition');
  if (field !== null) return kindOf(tree, field) === 'empty_statement' ? null : field;
  const kind = kindOf(tree, node);
  const parts = partsOf(tree, node);
  if (kind === 'conditional_expression') return parts[1] ?? null;
  if (kind === 'elif_clause') return parts[0] ?? null;
  if (kind !== 'for_statement') return null;
  // Go: `for { … }`, `for a < b { … }`, `for a; b; c { … }`.
  const [head] = parts;
  if (head === undefined || parts.length < 2) return null;
  const headKind = kindOf(tree, head);
  if (headKind === 'for_clause') return fieldOf(tree, head, 'condition');
  return /^(?:binary|unary|call|selector)_expression$|^(?:identifier|true|false)$/.test(headKind) ? head : null;
}

/** An `if` and each `else if` after it. */
export function chainOf(tree: CodeTree, first: number): number[] {
  const chain = [first];
  for (let index = 0; index < chain.length && chain.length < MAX_CHAIN; index++) {
    const link = chain[index] ?? first;
    for (const child of childrenOf(tree, link)) {
      if (hasRole(tree, child, 'elseIf')) chain.push(child);
      else if (hasRole(tree, child, 'else')) {
        const [only, ...more] = partsOf(tree, child);
        if (only !== undefined && more.length === 0 && hasRole(tree, only, 'if')) chain.push(only);
      } else if (child !== link && isElseIf(tree, child)) chain.push(child);
    }
  }
  return chain;
}
