import { type CodeTree, fieldOf, fieldText, kindOf, partsOf } from '../../code/code-tree';
import type { NodeIndex } from '../types';
import { keysOf } from './keys';
import { isDeclaredAs } from './receivers';
import type { Key, LogicTable } from './types';

const ENTRY = /^(?:Map\.)?entry$/;

/** `Map.of(key, value, …)` and `Map.ofEntries(entry(key, value), …)` throw for a key given twice. */
function keys(tree: CodeTree, node: NodeIndex): Key[] {
  const name = `${fieldText(tree, node, 'object') ?? ''}.${fieldText(tree, node, 'name') ?? ''}`;
  const list = fieldOf(tree, node, 'arguments');
  if (list === null || !/^(?:Immutable)?Map\.(?:of|ofEntries)$/.test(name)) return [];
  const given = partsOf(tree, list);
  if (name.endsWith('.of')) {
    return keysOf(
      tree,
      given.filter((_, index) => index % 2 === 0),
    );
  }
  return given.flatMap((entry) => {
    if (kindOf(tree, entry) !== 'method_invocation' || !ENTRY.test(fieldText(tree, entry, 'name') ?? '')) return [];
    const pair = fieldOf(tree, entry, 'arguments');
    return pair === null ? [] : keysOf(tree, partsOf(tree, pair).slice(0, 1));
  });
}

export const javaLogic: LogicTable = {
  question: /^(?:Objects\.(?:equals|isNull|nonNull))$/,
  alwaysTrue: /^(?:true|!false)$/,
  alwaysFalse: /^(?:false|!true)$/,
  notANumber: /^(?:Double|Float)\.NaN$/,
  assignments: ['assignment_expression'],
  keyedKinds: ['method_invocation'],
  keys,
  pure: /^(?:String\.(?:format|valueOf|join)|Math\.(?!\w*Exact)\w+|Objects\.(?:equals|hash|isNull|nonNull))$|\.(?:trim|strip|toUpperCase|toLowerCase|substring|concat|equalsIgnoreCase|startsWith|endsWith|charAt|intern|plusDays|plusHours|plusMinutes|plusSeconds|plusMonths|plusYears|minusDays|minusHours|minusMinutes|minusSeconds|minusMonths|minusYears)$/,
  isPureCall: (tree, _call, callee) =>
    /^(?:String|Math|Objects)\./.test(callee) ||
    isDeclaredAs(tree, callee, /\b(?:String|(?:Local|Zoned|Offset)\w{4,8}|Instant)$/),
  declarations: ['variable_declarator', 'formal_parameter'],
  breakable: ['switch_expression'],
  exit: /^System\.exit$|^Runtime\.getRuntime\(\)\.halt$/,
};
