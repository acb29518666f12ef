import { type CodeTree, endLineOf, hasRole, lineOf, parentOf, partsOf, previousOf, startOf, textOf } from './code-tree';

/** A doc string, or a doc comment that ends right above the declaration and its attributes. */
export function isDocumented(tree: CodeTree, node: number, body: number | null): boolean {
  const { table } = tree.grammar;
  if (body !== null && table.docString) {
    const [first] = partsOf(tree, body);
    if (first !== undefined && table.docString(tree, first)) return true;
  }
  let declaration = node;
  let parent = parentOf(tree, declaration);
  // Some grammars begin a body at its first declaration and leave the comment above it outside.
  const isFirst = () => previousOf(tree, declaration) < 0 && startOf(tree, parent) === startOf(tree, declaration);
  while (parent >= 0 && (hasRole(tree, parent, 'wrapper') || isFirst())) {
    declaration = parent;
    parent = parentOf(tree, declaration);
  }
  let line = lineOf(tree, declaration);
  let comment: number | null = null;
  for (let sibling = previousOf(tree, declaration); sibling >= 0; sibling = previousOf(tree, sibling)) {
    if (hasRole(tree, sibling, 'comment')) {
      comment = sibling;
      break;
    }
    if (!hasRole(tree, sibling, 'attribute')) break;
    line = lineOf(tree, sibling);
  }
  if (comment === null || endLineOf(tree, comment) < line - 1) return false;
  return table.isAnyCommentDoc === true || table.docComment.test(textOf(tree, comment, 10));
}
