import { type CodeTree, childOfKind, fieldOf, fieldText, kindOf, partsOf, textOf } from '../code/code-tree';
import type { CatchClause, NodeIndex } from './types';

/** `if err != nil {}` is Go's empty catch. */
export function goCatches(tree: CodeTree, node: NodeIndex): CatchClause | null {
  if (kindOf(tree, node) !== 'if_statement' || fieldOf(tree, node, 'alternative') !== null) return null;
  if (!/^err\w* != nil$/.test(fieldText(tree, node, 'condition') ?? '')) return null;
  const body = fieldOf(tree, node, 'consequence');
  if (body === null) return null;
  const list = childOfKind(tree, body, 'statement_list');
  const statements = list === null ? [] : partsOf(tree, list);
  return statements.some((statement) => textOf(tree, statement, 20) !== '_ = err')
    ? null
    : { node, body, isBroad: true };
}
