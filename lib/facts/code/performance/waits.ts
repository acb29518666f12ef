import type { CallSite } from '../calls';
import { type CodeTree, descendantsOfKind, fieldText } from '../code-tree';
import { functionAround } from './scope';
import { type SlowRow, slowRow } from './slow-row';

/** Calls that hold a thread others wait for: for a fixed time, for a disk, for a machine that may never answer. */
export function waits(tree: CodeTree, sites: readonly CallSite[]): SlowRow[] {
  const { slow } = tree.grammar.table;
  if (!slow) return [];
  const rows: SlowRow[] = [];
  for (const { node, callee } of sites) {
    if (slow.timeoutless?.(tree, node, callee)) rows.push(slowRow(tree, node, 'no-timeout', callee));
    const sleeps = slow.sleep?.test(callee) === true;
    const blocks = slow.blocking?.test(callee) === true;
    if (!sleeps && !blocks) continue;
    const fn = functionAround(tree, node);
    if (fn === null) continue;
    const isAsync = slow.isAsync?.(tree, fn) === true;
    if (blocks && (isAsync || (slow.hasOneThread && slow.isHandler?.(tree, fn)))) {
      rows.push(slowRow(tree, node, 'blocking-in-async', callee));
    } else if (sleeps && slow.isHandler?.(tree, fn)) rows.push(slowRow(tree, node, 'blocking-sleep', callee));
  }
  if (slow.clients && tree.text.includes(slow.clients.text)) {
    for (const node of descendantsOfKind(tree, 0, slow.clients.kind)) {
      const type = fieldText(tree, node, 'type') ?? '';
      if (slow.timeoutless?.(tree, node, type)) rows.push(slowRow(tree, node, 'no-timeout', type));
    }
  }
  return rows;
}
