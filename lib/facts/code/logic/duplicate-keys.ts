import type { BlobFacts } from '../../blob-facts';
import { type CodeTree, hasRole, kindOf, lineOf } from '../code-tree';
import { nodesOfKinds } from './nodes';

type Row = BlobFacts['logicFlaws'][number];

/** Keys of a map literal, and values of a switch, that an earlier one of the same literal has taken. */
export function duplicateKeys(tree: CodeTree): Row[] {
  const { logic } = tree.grammar.table;
  if (!logic) return [];
  const rows: Row[] = [];
  for (const node of nodesOfKinds(tree, logic.keyedKinds)) {
    const keys = logic.keys(tree, node);
    if (keys.length < 2) continue;
    const form = hasRole(tree, node, 'switch') ? 'duplicate-case' : 'duplicate-key';
    const known = new Map<string, number>();
    for (const key of keys) {
      if (key === null) {
        known.clear();
        continue;
      }
      const firstLine = known.get(key.text);
      const line = lineOf(tree, key.node);
      if (firstLine === undefined) known.set(key.text, line);
      else rows.push({ line, form, text: key.shown.slice(0, 100), firstLine, detail: kindOf(tree, node) });
    }
  }
  return rows;
}
