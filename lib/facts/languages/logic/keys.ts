import { isConstant } from '../../code/body-shape';
import { type CodeTree, hasRole, textOf } from '../../code/code-tree';
import { folded, isPure } from '../../code/logic/pure';
import { unquote } from '../shared';
import type { NodeIndex } from '../types';
import type { Key } from './types';

/** Longer keys are not compared. */
const MAX_KEY = 200;
const NAME = /^[$@\\]?[\p{L}_][\p{L}\p{N}_$]*(?:(?:\.|::|\\|->)[\p{L}_][\p{L}\p{N}_$]*)*$/u;

/** A key whose value the text tells: a literal or a plain name. Null is none, which the caller leaves out. */
export function keyOf(tree: CodeTree, node: NodeIndex): Key | null {
  const raw = textOf(tree, node, MAX_KEY + 1);
  if (raw.length > MAX_KEY) return null;
  const shown = folded(raw);
  if (hasRole(tree, node, 'string')) {
    const prefix = /^[a-zA-Z@$]*(?=["'`])/.exec(shown)?.[0] ?? '';
    return isConstant(tree, node) ? { node, text: `"${prefix}${unquote(shown)}`, shown } : null;
  }
  if (hasRole(tree, node, 'number') || hasRole(tree, node, 'constant')) return { node, text: shown, shown };
  return NAME.test(shown) && isPure(tree, node) ? { node, text: `.${shown}`, shown } : null;
}

/** As `keyOf`, also for conditions, as of a switch without a subject. */
function caseKeyOf(tree: CodeTree, node: NodeIndex): Key | null {
  const key = keyOf(tree, node);
  if (key !== null) return key;
  const shown = folded(textOf(tree, node, MAX_KEY + 1));
  const isComparison = hasRole(tree, node, 'binary') && isPure(tree, node);
  return isComparison && shown.length <= MAX_KEY ? { node, text: `=${shown}`, shown } : null;
}

export function keysOf(tree: CodeTree, nodes: readonly (NodeIndex | null | undefined)[]): Key[] {
  return nodes.flatMap((node) => {
    const key = node === null || node === undefined ? null : keyOf(tree, node);
    return key === null ? [] : [key];
  });
}

export function valuesOf(tree: CodeTree, nodes: readonly (NodeIndex | null | undefined)[]): Key[] {
  return nodes.flatMap((node) => {
    const key = node === null || node === undefined ? null : caseKeyOf(tree, node);
    return key === null ? [] : [key];
  });
}
