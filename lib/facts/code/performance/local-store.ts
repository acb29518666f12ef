import type { CallSite } from '../calls';
import { type CodeTree, kindOf, lineOf, lineText, nodesWithRole, partsOf, textOf } from '../code-tree';
import { argumentsOf } from './scope';
import { type SlowRow, slowRow } from './slow-row';

const MAX_TEXT = 200;

/** Sessions and caches that one machine, or one process, keeps for itself. */
export function localStores(tree: CodeTree, sites: readonly CallSite[]): SlowRow[] {
  const { slow } = tree.grammar.table;
  const rows: SlowRow[] = [];
  if (slow?.localStore?.test(tree.text)) {
    const seen = new Set<number>();
    for (const node of nodesWithRole(tree, 'string')) {
      const line = lineOf(tree, node);
      if (seen.has(line)) continue;
      const found = Object.values(slow.localStore.exec(lineText(tree, line))?.groups ?? {}).find(Boolean);
      if (found === undefined || !textOf(tree, node, MAX_TEXT).includes(found)) continue;
      seen.add(line);
      rows.push(slowRow(tree, node, 'local-store', found));
    }
  }
  const session = slow?.sessionMaker?.exec(tree.text)?.groups;
  const name = session?.imported ?? session?.required;
  if (name === undefined) return rows;
  for (const { node, callee } of sites) {
    const list = callee === name ? argumentsOf(tree, node) : null;
    const given = list === null ? [] : partsOf(tree, list);
    // Without a store of its own the session lies in the memory of the process.
    const [options] = given;
    if (options === undefined || given.length !== 1 || kindOf(tree, options) !== 'object') continue;
    if (/\bstore\b|\.\.\./.test(textOf(tree, options, 4000))) continue;
    rows.push(slowRow(tree, node, 'local-store', `${name}()`));
  }
  return rows;
}
