import {
  type CodeTree,
  childOfKind,
  descendantsOfKind,
  fieldOf,
  fieldText,
  kindOf,
  partsOf,
  textOf,
} from '../code/code-tree';
import type { IgnoredError } from './types';

/** `if err != nil {}` is Go's empty catch, `_ = call()` its dropped result. */
export function goIgnoredErrors(tree: CodeTree): IgnoredError[] {
  const rows: IgnoredError[] = [];
  for (const node of descendantsOfKind(tree, 0, 'if_statement', 'assignment_statement')) {
    if (kindOf(tree, node) === 'if_statement' && isEmptyErrorCheck(tree, node))
      rows.push({ node, form: 'pass', isBroad: true });
    if (kindOf(tree, node) === 'assignment_statement' && dropsCall(tree, node)) {
      rows.push({ node, form: 'ignored-result', isBroad: false });
    }
  }
  return rows;
}

function isEmptyErrorCheck(tree: CodeTree, node: number): boolean {
  if (fieldOf(tree, node, 'alternative') !== null) return false;
  if (!/^err\w* != nil$/.test(fieldText(tree, node, 'condition') ?? '')) return false;
  const body = fieldOf(tree, node, 'consequence');
  if (body === null) return false;
  const list = childOfKind(tree, body, 'statement_list');
  const statements = list === null ? [] : partsOf(tree, list);
  return statements.every((statement) => textOf(tree, statement, 20) === '_ = err');
}

function dropsCall(tree: CodeTree, node: number): boolean {
  if (fieldText(tree, node, 'left')?.trim() !== '_') return false;
  const right = fieldOf(tree, node, 'right');
  const [value, ...others] = right === null ? [] : partsOf(tree, right);
  return value !== undefined && others.length === 0 && kindOf(tree, value) === 'call_expression';
}
