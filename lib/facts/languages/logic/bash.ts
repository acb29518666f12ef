import { type CodeTree, childrenOf, kindOf, parentOf, partsOf, textOf } from '../../code/code-tree';
import type { NodeIndex } from '../types';
import { keyOf } from './keys';
import type { Key, LogicTable } from './types';

/** Patterns without wild cards. */
function keys(tree: CodeTree, node: NodeIndex): (Key | null)[] {
  return partsOf(tree, node)
    .filter((part) => kindOf(tree, part) === 'case_item')
    .flatMap((item) => {
      // What falls through tests the later patterns too.
      const isFallThrough = /;;?&\s*$/.test(textOf(tree, item).slice(-6));
      const id = tree.grammar.fieldIds.get('value');
      const values = childrenOf(tree, item).filter((child) => tree.field[child] === id);
      if (isFallThrough) return [null];
      return values.flatMap((value) => patternOf(tree, value));
    });
}

function patternOf(tree: CodeTree, value: NodeIndex): Key[] {
  const shown = textOf(tree, value, 80);
  const plain = shown.replace(/^["']|["']$/g, '');
  if (!/^[\w.:/+-]+$/.test(plain)) return [];
  return [{ ...(keyOf(tree, value) ?? { node: value, shown }), text: plain }];
}

/**
 * `x=$x` as a statement; before a command or after `export` it hands the value on. A script says with `NAME=$NAME`
 * which variables it takes, unless it sets them elsewhere.
 */
function isSelfAssignment(tree: CodeTree, target: NodeIndex, value: NodeIndex): boolean {
  const name = textOf(tree, target, 80);
  if (
    !/^(?:program|compound_statement|do_group|if_statement|else_clause)$/.test(
      kindOf(tree, parentOf(tree, parentOf(tree, target))),
    )
  ) {
    return false;
  }
  const isSame = [`$${name}`, `"$${name}"`, `\${${name}}`, `"\${${name}}"`].includes(textOf(tree, value, 100));
  return isSame && !(/^[A-Z][A-Z0-9_]*$/.test(name) && isSetOnce(tree, name));
}

function isSetOnce(tree: CodeTree, name: string): boolean {
  const pattern = new RegExp(`(?<![\\w$])${name}\\+?=`, 'g');
  return [...tree.text.matchAll(pattern)].length === 1;
}

export const bashLogic: LogicTable = {
  alwaysTrue: /^(?:true|:)$/,
  alwaysFalse: /^false$/,
  assignments: ['variable_assignment'],
  isSelfAssignment,
  keyedKinds: ['case_statement'],
  keys,
  declarations: [],
  breakable: [],
  isNegated: (tree, loop) => /^until\b/.test(textOf(tree, loop, 6)),
  exit: /^(?:exit|return|exec|break|die|fail|abort|kill)$/,
};
