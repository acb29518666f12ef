import type { BlobFacts } from '../../blob-facts';
import { isConstant } from '../body-shape';
import { type CodeTree, kindOf, lineOf, lineText, nodesWithRole, partsOf, textOf } from '../code-tree';
import { folded, operatorBetween, unwrapped } from './pure';

type Row = BlobFacts['logicFlaws'][number];

/** Comparisons that convert their operands; `== null`, `typeof x == 'string'` and the like ask for nothing that differs. */
export function looseEqualities(tree: CodeTree): Row[] {
  const loose = tree.grammar.table.logic?.looseEquality;
  if (!loose) return [];
  const rows: Row[] = [];
  for (const node of nodesWithRole(tree, 'binary')) {
    const parts = partsOf(tree, node);
    const [left, right] = parts;
    if (left === undefined || right === undefined || parts.length !== 2) continue;
    if (!loose.includes(operatorBetween(tree, left, right) ?? '')) continue;
    const sides = [unwrapped(tree, left), unwrapped(tree, right)];
    if (sides.some((side) => isHarmless(tree, side)) || sides.every((side) => isConstant(tree, side))) continue;
    if (sides.every((side) => /\.(?:length|size)$/.test(textOf(tree, side, 300)))) continue;
    if (isAccepted(tree, lineOf(tree, node))) continue;
    const detail = sides.some((side) => isTrap(tree, side)) ? 'trap' : 'plain';
    if (detail === 'plain' && tree.grammar.table.logic?.reportsOnlyTraps) continue;
    rows.push({ line: lineOf(tree, node), form: 'loose-equality', text: folded(textOf(tree, node, 200)), detail });
  }
  return rows;
}

/** Somebody told a linter that it is meant. */
const isAccepted = (tree: CodeTree, line: number): boolean =>
  /eslint-disable-(?:next-)?line\b[^\n]*\beqeqeq\b/.test(`${lineText(tree, line - 1)}\n${lineText(tree, line)}`);

/** Null means null or undefined, and the name of a type is always text. */
function isHarmless(tree: CodeTree, side: number): boolean {
  return /^(?:null|undefined|NULL|typeof\b.*|void 0|(?:strtolower|strtoupper|gettype|get_class|count|strlen)\(.*)$/s.test(
    textOf(tree, side, 300),
  );
}

/** Values that many others turn into. */
const isTrap = (tree: CodeTree, side: number): boolean =>
  /^(?:0|""|''|true|false|\[\])$/i.test(textOf(tree, side, 8)) && kindOf(tree, side) !== 'identifier';
