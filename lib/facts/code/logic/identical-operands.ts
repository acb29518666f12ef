import type { BlobFacts } from '../../blob-facts';
import {
  ancestorWithRole,
  type CodeTree,
  endOf,
  hasRole,
  lineOf,
  lineText,
  nodesWithRole,
  partsOf,
  startOf,
  textOf,
} from '../code-tree';
import { folded, isPure, isSame, operatorBetween } from './pure';

type Row = BlobFacts['logicFlaws'][number];

const MAX_OPERAND = 300;

export function identicalOperands(tree: CodeTree): Row[] {
  const { table } = tree.grammar;
  const rows: Row[] = [];
  for (const node of nodesWithRole(tree, 'binary')) {
    const parts = partsOf(tree, node);
    const [left, right] = parts;
    if (parts.length !== 2 || left === undefined || right === undefined) continue;
    if (endOf(tree, left) - startOf(tree, left) > MAX_OPERAND) continue;
    const operator = operatorBetween(tree, left, right);
    if (operator === null || !table.comparedOperators?.includes(operator)) continue;
    if (!isSame(tree, left, right) || !isPure(tree, left) || isForReaders(tree, left)) continue;
    if (mayAskForNaN(tree, node, left, operator)) continue;
    rows.push({ line: lineOf(tree, node), form: 'identical-operands', text: folded(textOf(tree, node, 200)) });
  }
  return rows;
}

/** Numbers compared or divided by themselves are written for readers: `1 - 1`, `60 / 60`. */
const isForReaders = (tree: CodeTree, operand: number): boolean =>
  hasRole(tree, operand, 'number') || /^[A-Z][A-Z0-9_]*$/.test(textOf(tree, operand, 100));

/** `x != x` is true for NaN only; in doubt it is meant. */
function mayAskForNaN(tree: CodeTree, node: number, operand: number, operator: string): boolean {
  if (!/^(?:[!=]==?|is(?: not)?)$/.test(operator)) return false;
  if (!hasRole(tree, operand, 'string') && (operator.startsWith('!') || operator === 'is not')) return true;
  const outer = ancestorWithRole(tree, node, 'function');
  const name = outer === null ? null : tree.grammar.table.functionName(tree, outer);
  return /nan/i.test(`${name ?? ''} ${lineText(tree, lineOf(tree, node))}`);
}
