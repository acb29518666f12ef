import type { CallSite } from '../calls';
import { ancestorWithRole, type CodeTree, descendantsOfKind, fieldOf, fieldText, textOf } from '../code-tree';
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
      if (slow.blockingOnce?.test(callee) && isOfNoRequest(tree, fn)) continue;
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

const AT_START = /^_?(?:init\w*|set_?up\w*|start\w*|boot\w*|connect|main|migrate\w*|load_?config\w*)$/i;
const FOR_DEVELOPERS = /\bis_?dev(?:elopment)?\b|\bis_?test\b|['"](?:development|dev|test)['"]/i;

/** Runs once before anything waits, or only where developers run the program. */
function isOfNoRequest(tree: CodeTree, fn: number): boolean {
  if (AT_START.test(tree.grammar.table.functionName(tree, fn) ?? '')) return true;
  const branch = ancestorWithRole(tree, fn, 'if');
  const condition = branch === null ? null : fieldOf(tree, branch, 'condition');
  return condition !== null && FOR_DEVELOPERS.test(textOf(tree, condition, 200));
}
