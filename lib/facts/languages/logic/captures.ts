import { type CodeTree, hasRole, nextOf, parentOf, textOf } from '../../code/code-tree';
import { nodesOfKinds } from '../../code/logic/nodes';
import type { NodeIndex } from '../types';

/** The loop around a node, without a function between them. */
export function loopOf(tree: CodeTree, node: NodeIndex): NodeIndex | null {
  for (let up = parentOf(tree, node), step = 0; up >= 0 && step < 100; up = parentOf(tree, up), step++) {
    if (hasRole(tree, up, 'loop')) return up;
    if (hasRole(tree, up, 'function')) return null;
  }
  return null;
}

/** First mention of a name in a function's body; null when a parameter or a variable of its own hides it. */
export function nameAt(tree: CodeTree, fn: NodeIndex, name: string, kinds: readonly string[]): NodeIndex | null {
  const { table } = tree.grammar;
  const parameters = table.parameters(tree, fn);
  if (parameters.some((parameter) => hasWord(textOf(tree, parameter, 300), name))) return null;
  const body = table.functionBody(tree, fn);
  if (body === null) return null;
  const found = nodesOfKinds(tree, kinds, body).filter((node) => textOf(tree, node, name.length + 1) === name);
  const isHidden = found.some((node) =>
    /^\s*(?:=(?![=>])|:=)/.test(tree.text.slice(tree.end[node] ?? 0, (tree.end[node] ?? 0) + 8)),
  );
  return isHidden ? null : (found.find((node) => node < nextOf(tree, body)) ?? null);
}

function hasWord(text: string, word: string): boolean {
  return text.split(/[^\p{L}\p{N}_$]+/u).includes(word);
}
