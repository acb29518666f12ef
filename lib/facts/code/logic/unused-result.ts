import type { BlobFacts } from '../../blob-facts';
import { statementsOf } from '../body-shape';
import type { CallSite } from '../calls';
import {
  type CodeTree,
  hasRole,
  kindOf,
  lineOf,
  lineText,
  nodesWithRole,
  parentOf,
  partsOf,
  textOf,
} from '../code-tree';
import { folded, isPure, operatorBetween } from './pure';

type Row = BlobFacts['logicFlaws'][number];

/** Statements that compute a value and drop it. */
export function unusedResults(tree: CodeTree, sites: readonly CallSite[]): Row[] {
  const { logic } = tree.grammar.table;
  if (!logic) return [];
  const rows: Row[] = [];
  const add = (node: number, detail: string): void => {
    rows.push({ line: lineOf(tree, node), form: 'unused-result', text: folded(textOf(tree, node, 200)), detail });
  };
  for (const { node, callee } of logic.pure ? sites : []) {
    if (!logic.pure?.test(callee) || !isDropped(tree, node)) continue;
    if (logic.isPureCall?.(tree, node, callee) !== false) add(node, 'call');
  }
  for (const node of logic.allowsBareComparison ? nodesWithRole(tree, 'binary') : []) {
    const [left, right] = partsOf(tree, node);
    if (left === undefined || right === undefined) continue;
    if (!/^[=!]==?$/.test(operatorBetween(tree, left, right) ?? '')) continue;
    if (!isDropped(tree, node) || !isPure(tree, node)) continue;
    // A statement that begins amid a line is what a grammar made of a macro.
    if (lineText(tree, lineOf(tree, node)).startsWith(textOf(tree, node, 60).split('\n', 1)[0] ?? '')) {
      add(node, 'comparison');
    }
  }
  return rows;
}

/** A statement of its own, whose value is not that of the block around it. */
function isDropped(tree: CodeTree, node: number): boolean {
  const parent = parentOf(tree, node);
  if (parent < 0) return false;
  const { logic } = tree.grammar.table;
  const isStatement = kindOf(tree, parent) === 'expression_statement';
  if (!isStatement && !logic?.hasBareStatements) return false;
  if (isStatement && !/[;\n\r]/.test(ending(tree, node, parent)) && tree.grammar.table.hasImplicitReturn) return false;
  const statement = isStatement ? parent : node;
  const block = parentOf(tree, statement);
  if (block < 0 || !hasRole(tree, block, 'block') || /^(?:program|module|source_file)$/.test(kindOf(tree, block))) {
    return false;
  }
  // What is computed first thing in a `try` is tried for the error it may raise.
  if (isTried(tree, block)) return false;
  if (isStatement) return true;
  const statements = statementsOf(tree, block);
  const index = statements.indexOf(node);
  const after = statements[index + 1];
  return index >= 0 && after !== undefined && !logic?.endsValue?.includes(kindOf(tree, after));
}

/** Text between an expression and the end of its statement: `;`, or nothing for the value of a block. */
const ending = (tree: CodeTree, node: number, statement: number): string =>
  tree.text.slice(tree.end[node] ?? 0, (tree.end[statement] ?? 0) + 1);

function isTried(tree: CodeTree, block: number): boolean {
  let up = block;
  for (let step = 0; up >= 0 && step < 3; step++, up = parentOf(tree, up)) {
    if (hasRole(tree, up, 'try') || /^(?:try|with|rescue|begin)/.test(kindOf(tree, up))) return true;
    if (hasRole(tree, up, 'function')) return false;
  }
  return false;
}
