import type { BlobFacts } from '../../blob-facts';
import { type CodeTree, fieldOf, kindOf, lineOf, partsOf, textOf } from '../code-tree';
import { nodesOfKinds } from './nodes';
import { folded, isPure, isSame } from './pure';

type Row = BlobFacts['logicFlaws'][number];

export function selfAssignments(tree: CodeTree): Row[] {
  const { logic } = tree.grammar.table;
  if (!logic) return [];
  const rows: Row[] = [];
  for (const node of nodesOfKinds(tree, logic.assignments)) {
    const operator = fieldOf(tree, node, 'operator');
    if (operator !== null && kindOf(tree, operator) !== '=') continue;
    const left = only(tree, fieldOf(tree, node, 'left') ?? fieldOf(tree, node, 'name'));
    const right = only(tree, fieldOf(tree, node, 'right') ?? fieldOf(tree, node, 'value'));
    if (left === null || right === null) continue;
    const isSelf = logic.isSelfAssignment?.(tree, left, right) ?? (isSame(tree, left, right) && isPure(tree, left));
    if (!isSelf) continue;
    if (textOf(tree, left, 2) === '_' || logic.isMeantSelfAssignment?.(tree, node, left)) continue;
    rows.push({ line: lineOf(tree, node), form: 'self-assignment', text: folded(textOf(tree, node, 200)) });
  }
  return rows;
}

/** Go's lists of one. */
function only(tree: CodeTree, node: number | null): number | null {
  if (node === null || kindOf(tree, node) !== 'expression_list') return node;
  const parts = partsOf(tree, node);
  return parts.length === 1 ? (parts[0] ?? null) : node;
}
