import { type CodeTree, childOfKind, endOf, fieldOf, hasRole, isLeaf, parentOf, startOf, textOf } from '../code-tree';

const MAX_ARGUMENTS = 2000;
const LISTS = ['value_arguments', 'argument_list', 'arguments', 'token_tree', 'call_suffix', 'annotated_lambda'];

export function argumentList(tree: CodeTree, call: number): number | null {
  return fieldOf(tree, call, 'arguments') ?? childOfKind(tree, call, ...LISTS);
}

/** Text of a call's arguments; of a call without a list, as in a shell, all of it. */
export function argumentText(tree: CodeTree, call: number): string {
  const list = argumentList(tree, call);
  return textOf(tree, list ?? call, MAX_ARGUMENTS);
}

/** The innermost node that holds the character at an offset. */
export function nodeAt(tree: CodeTree, offset: number): number {
  let low = 0;
  let high = tree.size - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(tree, middle) <= offset) low = middle;
    else high = middle - 1;
  }
  let node = low;
  while (node > 0 && endOf(tree, node) <= offset) node = parentOf(tree, node);
  return node;
}

/** A name stands there: not prose, and of a string only one that is the name alone. */
export function isNameAt(tree: CodeTree, offset: number, name: string): boolean {
  let node = nodeAt(tree, offset);
  for (let step = 0; step < 6 && node > 0; step++, node = parentOf(tree, node)) {
    if (hasRole(tree, node, 'comment')) return false;
    if (hasRole(tree, node, 'string')) return endOf(tree, node) - startOf(tree, node) <= name.length + 3;
    if (!isLeaf(tree, node)) return true;
  }
  return true;
}
