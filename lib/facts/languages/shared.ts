import { type CodeTree, childrenOf, fieldText, hasRole, kindOf, previousOf, textOf } from '../code/code-tree';
import type { NodeIndex } from './types';

/** Text of the `modifiers` children of a declaration, folded to one line. */
export function modifierText(tree: CodeTree, node: NodeIndex, ...kinds: string[]): string {
  return childrenOf(tree, node)
    .filter((child) => kinds.includes(kindOf(tree, child)))
    .map((child) => textOf(tree, child, 2000))
    .join(' ')
    .replace(/\s+/g, ' ');
}

/** Attributes written before a declaration as its earlier siblings, nearest first. */
export function attributesBefore(tree: CodeTree, node: NodeIndex, kind: string): NodeIndex[] {
  const before: NodeIndex[] = [];
  for (let sibling = previousOf(tree, node); sibling >= 0; sibling = previousOf(tree, sibling)) {
    if (kindOf(tree, sibling) === kind) before.push(sibling);
    else if (!hasRole(tree, sibling, 'comment')) break;
  }
  return before;
}

export function nameField(tree: CodeTree, node: NodeIndex): string | null {
  return fieldText(tree, node, 'name');
}

export const unquote = (text: string): string => text.replace(/^[@a-zA-Z]{0,2}(["'`]{1,3})([\s\S]*)\1$/, '$2');

/** The string of a reason argument: `"flaky on CI"`. */
export function firstString(text: string): string | null {
  const match = /(["'`])((?:(?!\1)[^\\]|\\.){1,200})\1/.exec(text);
  return match?.[2]?.trim() || null;
}
