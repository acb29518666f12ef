import {
  ancestorWithRole,
  type CodeTree,
  fieldOf,
  hasRole,
  kindOf,
  parentOf,
  partsOf,
  textOf,
} from '../../code/code-tree';
import type { NodeIndex } from '../types';
import { keysOf } from './keys';
import { isDeclaredAs } from './receivers';
import type { Key, LogicTable } from './types';

/** `{ {key, value}, … }` throws for a key given twice, `{ [key] = value, … }` keeps the last. */
function keys(tree: CodeTree, node: NodeIndex): Key[] {
  const creation = parentOf(tree, node);
  if (!/Dictionary|Map\b|Hashtable|Lookup/.test(textOf(tree, creation, 80))) return [];
  return partsOf(tree, node).flatMap((part) => {
    if (kindOf(tree, part) === 'initializer_expression') return keysOf(tree, partsOf(tree, part).slice(0, 1));
    const left = kindOf(tree, part) === 'assignment_expression' ? fieldOf(tree, part, 'left') : null;
    if (left === null || kindOf(tree, left) !== 'element_binding_expression') return [];
    const [argument, ...more] = partsOf(tree, left);
    return argument === undefined || more.length > 0 ? [] : keysOf(tree, [partsOf(tree, argument)[0]]);
  });
}

/** In an initialiser or an attribute the left name is a property of something else. */
const isInitialiser = (tree: CodeTree, node: NodeIndex): boolean =>
  /initializer|attribute|with_/.test(kindOf(tree, parentOf(tree, node)));

const LAZY = /\.(?:Where|Select|SelectMany|OrderBy|OrderByDescending|ThenBy|Skip|Take|Distinct|Concat)$/;

export const csharpLogic: LogicTable = {
  question: /^(?:string|String)\.(?:IsNullOrEmpty|IsNullOrWhiteSpace|Equals)$/,
  alwaysTrue: /^(?:true|!false)$/,
  alwaysFalse: /^(?:false|!true)$/,
  notANumber: /^(?:double|float|Double|Single)\.NaN$/,
  assignments: ['assignment_expression'],
  isMeantSelfAssignment: isInitialiser,
  keyedKinds: ['initializer_expression'],
  keys,
  pure: /^(?:string|String)\.(?:Format|Concat|Join|IsNullOrEmpty|IsNullOrWhiteSpace|Equals)$|^Math\.\w+$|\.(?:Trim|TrimStart|TrimEnd|ToUpper|ToLower|ToUpperInvariant|ToLowerInvariant|Substring|PadLeft|PadRight|StartsWith|EndsWith|AddDays|AddHours|AddMinutes|AddSeconds|AddMonths|AddYears|Where|Select|SelectMany|OrderBy|OrderByDescending|ThenBy)$/,
  isPureCall: (tree, call, callee) => {
    if (/^(?:string|String|Math)\./.test(callee)) return true;
    // What a specification inherits under this name collects what is asked of it.
    if (/^(?:(?:this|base)\.)?Query\.\w+$/.test(callee)) return false;
    if (!LAZY.test(callee)) return isDeclaredAs(tree, callee, /\b(?:string|String|DateTime|DateTimeOffset)\??$/);
    const list = fieldOf(tree, call, 'arguments');
    const [argument] = list === null ? [] : partsOf(tree, list);
    const [value] = argument === undefined ? [] : partsOf(tree, argument);
    return value !== undefined && hasRole(tree, value, 'function') && ancestorWithRole(tree, call, 'function') !== null;
  },
  declarations: ['variable_declarator', 'parameter'],
  breakable: ['switch_statement'],
  exit: /^Environment\.(?:Exit|FailFast)$/,
};
