import { type CodeTree, childOfKind, fieldOf, kindOf, partsOf, textOf } from '../../code/code-tree';
import type { NodeIndex } from '../types';
import { keysOf, valuesOf } from './keys';
import type { Key, LogicTable } from './types';

function keys(tree: CodeTree, node: NodeIndex): (Key | null)[] {
  const kind = kindOf(tree, node);
  if (kind === 'array_creation_expression') {
    return partsOf(tree, node).flatMap((part) => {
      const inner = partsOf(tree, part);
      const [key] = inner;
      if (key !== undefined && kindOf(tree, key) === 'variadic_unpacking') return [null];
      return inner.length === 2 ? keysOf(tree, [key]) : [];
    });
  }
  const body = fieldOf(tree, node, 'body');
  if (body === null) return [];
  return partsOf(tree, body).flatMap((part) => {
    if (kindOf(tree, part) === 'case_statement') return valuesOf(tree, [fieldOf(tree, part, 'value')]);
    const list = childOfKind(tree, part, 'match_condition_list');
    return list === null ? [] : valuesOf(tree, partsOf(tree, list));
  });
}

export const phpLogic: LogicTable = {
  question:
    /^(?:is_(?:array|bool|callable|countable|float|int|iterable|null|numeric|object|scalar|string|a)|isset|empty|count|strlen|in_array|array_key_exists|function_exists|class_exists|method_exists)$/,
  alwaysTrue: /^(?:true|0*[1-9]\d*|!false)$/i,
  alwaysFalse: /^(?:false|0|null|!true|''|"")$/i,
  notANumber: /^NAN$/,
  assignments: ['assignment_expression'],
  keyedKinds: ['array_creation_expression', 'switch_statement', 'match_expression'],
  keys,
  pure: /^(?:trim|ltrim|rtrim|strtolower|strtoupper|ucfirst|lcfirst|ucwords|substr|strlen|strpos|sprintf|implode|explode|htmlspecialchars|array_merge|array_keys|array_values|array_unique|array_reverse|array_slice|in_array|count|is_(?:array|bool|callable|countable|float|int|iterable|null|numeric|object|scalar|string|a|dir|file)|str_contains|str_starts_with|str_ends_with|number_format|date|md5|sha1)$/,
  isPureCall: (tree, call) => !/&\s*\$/.test(textOf(tree, call, 200)),
  allowsBareComparison: true,
  looseEquality: ['==', '!=', '<>'],
  reportsOnlyTraps: true,
  declarations: ['assignment_expression', 'simple_parameter'],
  breakable: ['switch_statement'],
  exit: /^(?:exit|die|pcntl_exec)$/,
  passesByReference: true,
};
