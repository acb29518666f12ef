import { type CodeTree, childrenOf, endLineOf, hasRole, kindOf, lineOf, parentOf, partsOf, textOf } from './code-tree';

/** A doc string, or a doc comment that ends right above the declaration and its attributes. */
export function isDocumented(tree: CodeTree, node: number, body: number | null): boolean {
  const { table } = tree.grammar;
  if (body !== null && table.docString) {
    const [first] = partsOf(tree, body);
    if (first !== undefined && table.docString(tree, first)) return true;
  }
  let declaration = node;
  let parent = parentOf(tree, declaration);
  while (parent >= 0 && hasRole(tree, parent, 'wrapper')) {
    declaration = parent;
    parent = parentOf(tree, declaration);
  }
  if (parent < 0) return false;
  let line = lineOf(tree, declaration);
  let comment: number | null = null;
  for (const sibling of childrenOf(tree, parent)) {
    if (sibling >= declaration) break;
    if (hasRole(tree, sibling, 'comment')) comment = sibling;
    else if (hasRole(tree, sibling, 'attribute'))
      line = Math.min(line, comment === null ? line : lineOf(tree, sibling));
    else if (kindOf(tree, sibling) !== ';') {
      comment = null;
      line = lineOf(tree, declaration);
    }
  }
  if (comment === null || endLineOf(tree, comment) < line - 1) return false;
  return table.isAnyCommentDoc === true || table.docComment.test(textOf(tree, comment, 10));
}
