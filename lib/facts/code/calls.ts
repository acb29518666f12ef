import type { BlobFacts } from '../blob-facts';
import { isConstant } from './body-shape';
import {
  type CodeTree,
  descendantsOfKind,
  endOf,
  fieldOf,
  kindOf,
  lineOf,
  lineText,
  nodesWithRole,
  parentOf,
  partsOf,
  startOf,
  textOf,
} from './code-tree';

/** A call and its callee as written, without white space. */
export interface CallSite {
  node: number;
  callee: string;
}

export function callSites(tree: CodeTree): CallSite[] {
  const { table } = tree.grammar;
  const sites: CallSite[] = [];
  for (const node of nodesWithRole(tree, 'call')) {
    const callee = (table.callee?.(tree, node) ?? calleeOf(tree, node))?.replace(/\s+/g, '');
    if (callee) sites.push({ node, callee: callee.slice(0, MAX_CALLEE) });
  }
  return sites;
}

const MAX_CALLEE = 200;

export function calleeOf(tree: CodeTree, call: number): string | null {
  const target = fieldOf(tree, call, 'function') ?? fieldOf(tree, call, 'constructor');
  return target === null ? null : chainText(tree, target);
}

/** Text of a callee; of a long chain its last link. */
export function chainText(tree: CodeTree, target: number): string {
  if (endOf(tree, target) - startOf(tree, target) <= MAX_CALLEE) return textOf(tree, target);
  const last = partsOf(tree, target).at(-1);
  return last === undefined ? '' : `(…).${textOf(tree, last, 100)}`;
}

/** Of a chain only what follows its last call: the calls before it are sites of their own. */
export function lastLink(callee: string): string {
  return callee.slice(callee.lastIndexOf(')') + 1);
}

export function collectDebugCalls(tree: CodeTree, sites: readonly CallSite[]): BlobFacts['debugCalls'] {
  const { table } = tree.grammar;
  const rows: BlobFacts['debugCalls'] = [];
  for (const { node, callee } of sites) {
    const isDebugger = table.debugger?.test(callee) === true;
    if (!isDebugger && !table.print?.test(callee)) continue;
    if (!isDebugger && table.isDeliberatePrint?.(tree, node)) continue;
    rows.push({ line: lineOf(tree, node), form: isDebugger ? 'debugger' : 'print', callee: callee.slice(0, 80) });
  }
  if (table.debuggerKinds) {
    for (const node of descendantsOfKind(tree, 0, ...table.debuggerKinds)) {
      rows.push({ line: lineOf(tree, node), form: 'debugger', callee: 'debugger' });
    }
  }
  if (table.isDebuggerName) {
    for (const node of nodesWithRole(tree, 'identifier')) {
      if (!table.isDebuggerName(tree, node)) continue;
      rows.push({ line: lineOf(tree, node), form: 'debugger', callee: textOf(tree, node, 80) });
    }
  }
  return rows.sort((a, b) => a.line - b.line);
}

export function collectDangerousCalls(tree: CodeTree, sites: readonly CallSite[]): BlobFacts['dangerousCalls'] {
  const { table } = tree.grammar;
  const rows: BlobFacts['dangerousCalls'] = [];
  for (const { node, callee } of sites) {
    const form = table.shell?.test(callee) ? 'shell' : table.eval?.test(callee) ? 'eval' : null;
    if (form === null || (!table.judgesArguments && hasLiteralArguments(tree, node))) continue;
    // A function that is only made is compiled, to see whether it can be, and never runs.
    if (kindOf(tree, node) === 'new_expression' && kindOf(tree, parentOf(tree, node)) === 'expression_statement')
      continue;
    if (table.isDangerous && !table.isDangerous(tree, node, callee, form)) continue;
    const line = lineOf(tree, node);
    rows.push({ line, form, callee: callee.slice(0, 80), text: lineText(tree, line) });
  }
  return rows;
}

/** The command or code is a literal, or there is none. */
function hasLiteralArguments(tree: CodeTree, call: number): boolean {
  const list = fieldOf(tree, call, 'arguments');
  const parts = list === null ? [] : partsOf(tree, list).map((part) => argumentValue(tree, part));
  const positional = kindOf(tree, call) === 'new_expression' ? parts : parts.slice(0, 1);
  return positional.every((part) => isConstant(tree, part) || isLiteralList(tree, part));
}

function argumentValue(tree: CodeTree, part: number): number {
  if (!/^(?:argument|value_argument)$/.test(kindOf(tree, part))) return part;
  return partsOf(tree, part).at(-1) ?? part;
}

function isLiteralList(tree: CodeTree, node: number): boolean {
  if (/^(?:concatenated_string|binary_expression|binary_operator|list|array|tuple)$/.test(kindOf(tree, node))) {
    return partsOf(tree, node).every((part) => isConstant(tree, part) || isLiteralList(tree, part));
  }
  return false;
}
