import type { BlobFacts } from '../../blob-facts';
import { type CodeTree, endOf, fieldOf, lineOf, nodesWithRole, partsOf, startOf, textOf } from '../code-tree';
import { isElseIf, logicalOperator } from '../complexity';
import { chainOf, conditionOf } from './conditions';
import { folded, isPure, unwrapped } from './pure';

type Row = BlobFacts['logicFlaws'][number];

const MAX_CONDITION = 400;

/** An `else if` that asks what an earlier condition of its chain has asked. */
export function repeatedConditions(tree: CodeTree): Row[] {
  const rows: Row[] = [];
  for (const node of nodesWithRole(tree, 'if')) {
    if (isElseIf(tree, node)) continue;
    const chain = chainOf(tree, node);
    if (chain.length > 1) rows.push(...repeatedIn(tree, chain));
  }
  return rows;
}

function repeatedIn(tree: CodeTree, chain: readonly number[]): Row[] {
  const rows: Row[] = [];
  const known = new Map<string, number>();
  for (const link of chain) {
    const condition = conditionOf(tree, link);
    // What an initialiser declares may hide a name of the conditions before it.
    if (fieldOf(tree, link, 'initializer') !== null) known.clear();
    if (condition === null) continue;
    const asked = unwrapped(tree, condition);
    // A call or an assignment may change what the conditions before it have asked.
    if (endOf(tree, asked) - startOf(tree, asked) > MAX_CONDITION || !isPure(tree, asked)) {
      known.clear();
      continue;
    }
    const all = [asked, ...operandsOf(tree, asked, AND)];
    const repeated = all.find((part) => known.has(textAt(tree, part)));
    if (repeated !== undefined) {
      const firstLine = known.get(textAt(tree, repeated));
      const line = lineOf(tree, condition);
      rows.push({ line, form: 'repeated-condition', text: textAt(tree, repeated).slice(0, 200), firstLine });
    }
    for (const part of [asked, ...operandsOf(tree, asked, OR)]) {
      const text = textAt(tree, part);
      if (!known.has(text)) known.set(text, lineOf(tree, condition));
    }
  }
  return rows;
}

const AND = /^(?:&&|and)$/;
const OR = /^(?:\|\||or)$/;

const textAt = (tree: CodeTree, node: number): string => folded(textOf(tree, node));

/** Operands of a chain of one logical operator. */
function operandsOf(tree: CodeTree, node: number, operator: RegExp): number[] {
  if (!operator.test(logicalOperator(tree, node) ?? '')) return [];
  return partsOf(tree, node).flatMap((part) => {
    const inner = unwrapped(tree, part);
    const deeper = operandsOf(tree, inner, operator);
    return deeper.length > 0 ? deeper : [inner];
  });
}
