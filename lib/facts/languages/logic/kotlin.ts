import { type CodeTree, childrenOf, kindOf, parentOf, partsOf, textOf } from '../../code/code-tree';
import type { NodeIndex } from '../types';
import { keysOf, valuesOf } from './keys';
import { isTextName } from './receivers';
import type { Key, LogicTable } from './types';

function keys(tree: CodeTree, node: NodeIndex): Key[] {
  if (kindOf(tree, node) === 'when_expression') {
    const id = tree.grammar.fieldIds.get('condition');
    return partsOf(tree, node)
      .filter((part) => kindOf(tree, part) === 'when_entry')
      .flatMap((entry) => childrenOf(tree, entry).filter((child) => tree.field[child] === id))
      .flatMap((condition) => valuesOf(tree, [condition]));
  }
  const [target, list] = partsOf(tree, node);
  if (target === undefined || list === undefined) return [];
  if (!/^(?:mutableMapOf|mapOf|hashMapOf|linkedMapOf|sortedMapOf)$/.test(textOf(tree, target, 40))) return [];
  return partsOf(tree, list).flatMap((argument) => {
    const [pair] = partsOf(tree, argument);
    if (pair === undefined || kindOf(tree, pair) !== 'infix_expression') return [];
    const [key, word] = partsOf(tree, pair);
    return word !== undefined && textOf(tree, word, 3) === 'to' ? keysOf(tree, [key]) : [];
  });
}

export const kotlinLogic: LogicTable = {
  alwaysTrue: /^(?:true|!false)$/,
  alwaysFalse: /^(?:false|!true)$/,
  notANumber: /^(?:Double|Float)\.NaN$/,
  assignments: ['assignment'],
  // Reassigning a property may call its setter.
  isMeantSelfAssignment: (tree, _node, target) =>
    kindOf(tree, target) !== 'identifier' || kindOf(tree, parentOf(tree, target)) === 'value_argument',
  keyedKinds: ['when_expression', 'call_expression'],
  keys,
  pure: /\.(?:trim|trimStart|trimEnd|uppercase|lowercase|toUpperCase|toLowerCase|substring|startsWith|endsWith|sorted|reversed|distinct|plusDays|minusDays|padStart|padEnd)$/,
  isPureCall: (_tree, _call, callee) => !/\.trim\w*$/.test(callee) || isTextName(callee),
  hasBareStatements: true,
  declarations: ['variable_declaration', 'parameter'],
  breakable: [],
  exit: /^(?:exitProcess|error|TODO|throw)$/,
};
