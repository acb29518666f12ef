import { type CodeTree, hasRole, parentOf, startOf, textOf } from '../code-tree';

const CHOICE =
  /insecure|verif|skip|unsafe|trust|strict|self_?signed|check|validat|ignore|allow|\bdev\b|development|debug/i;
const MAX_CLIMB = 40;

/** Whoever runs the program asked for it: the line stands under a condition that says so. */
export function isChosen(tree: CodeTree, node: number): boolean {
  let up = parentOf(tree, node);
  for (let step = 0; step < MAX_CLIMB && up > 0; step++, up = parentOf(tree, up)) {
    if (hasRole(tree, up, 'function')) return false;
    if (
      !hasRole(tree, up, 'if') &&
      !hasRole(tree, up, 'elseIf') &&
      !hasRole(tree, up, 'ternary') &&
      !hasRole(tree, up, 'case')
    )
      continue;
    const head = textOf(tree, up, Math.min(160, Math.max(0, startOf(tree, node) - startOf(tree, up))));
    if (CHOICE.test(head.split(/[{:\n]/, 1)[0] ?? '')) return true;
  }
  return false;
}
