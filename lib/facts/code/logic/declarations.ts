import { type CodeTree, fieldOf, kindOf, parentOf, partsOf } from '../code-tree';

/** The place where a local variable is introduced, or given a value. */
export function isDeclaration(tree: CodeTree, node: number): boolean {
  const kinds = tree.grammar.table.logic?.declarations ?? [];
  let inner = node;
  for (let step = 0; step < 3; step++) {
    const up = parentOf(tree, inner);
    if (up < 0) return false;
    if (kinds.includes(kindOf(tree, up))) return isTarget(tree, up, inner);
    inner = up;
  }
  return false;
}

const TARGET_FIELDS = ['name', 'left', 'pattern', 'declarator'] as const;

function isTarget(tree: CodeTree, declaration: number, part: number): boolean {
  const fields = TARGET_FIELDS.map((field) => fieldOf(tree, declaration, field)).filter((field) => field !== null);
  return fields.length > 0 ? fields.includes(part) : partsOf(tree, declaration)[0] === part;
}
