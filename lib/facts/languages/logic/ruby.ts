import { type CodeTree, fieldOf, kindOf, partsOf } from '../../code/code-tree';
import type { NodeIndex } from '../types';
import { keyOf, keysOf, valuesOf } from './keys';
import { isTextName } from './receivers';
import type { Key, LogicTable } from './types';

function keys(tree: CodeTree, node: NodeIndex): (Key | null)[] {
  const kind = kindOf(tree, node);
  const parts = partsOf(tree, node);
  if (kind === 'case') {
    return parts
      .filter((part) => kindOf(tree, part) === 'when')
      .flatMap((clause) => partsOf(tree, clause).filter((part) => kindOf(tree, part) === 'pattern'))
      .flatMap((pattern) => valuesOf(tree, partsOf(tree, pattern)));
  }
  if (kind === 'case_match') {
    const clauses = parts.filter((part) => kindOf(tree, part) === 'in_clause' && fieldOf(tree, part, 'guard') === null);
    return keysOf(
      tree,
      clauses
        .map((clause) => fieldOf(tree, clause, 'pattern'))
        .filter((pattern) => pattern !== null && /^(?:integer|string|simple_symbol)$/.test(kindOf(tree, pattern))),
    );
  }
  return parts.flatMap((part) => {
    if (kindOf(tree, part) === 'hash_splat_argument') return [null];
    const key = fieldOf(tree, part, 'key');
    if (key === null) return [];
    const found = keyOf(tree, key);
    // `a: 1` and `:a => 1` name the same symbol, `"a" => 1` another key.
    const symbol = /^:?(\w+)$/.exec(found?.shown ?? '')?.[1];
    const isSymbol = /^(?:hash_key_symbol|simple_symbol)$/.test(kindOf(tree, key)) && symbol !== undefined;
    return found === null ? [] : [isSymbol ? { ...found, text: `:${symbol}` } : found];
  });
}

export const rubyLogic: LogicTable = {
  alwaysTrue: /^(?:true|\d+)$/,
  alwaysFalse: /^(?:false|nil)$/,
  notANumber: /^Float::NAN$/,
  assignments: ['assignment'],
  keyedKinds: ['hash', 'case', 'case_match'],
  keys,
  pure: /\.(?:strip|lstrip|rstrip|upcase|downcase|capitalize|chomp|squeeze|uniq|compact|flatten|reverse|to_sym|start_with\?|end_with\?|include\?|empty\?|nil\?)$/,
  isPureCall: (_tree, _call, callee) => !/strip$|\.chomp$/.test(callee) || isTextName(callee),
  hasBareStatements: true,
  endsValue: ['rescue', 'ensure', 'else'],
  declarations: ['assignment', 'method_parameters'],
  breakable: [],
  isNegated: (tree, loop) => /^until/.test(kindOf(tree, loop)),
  exit: /^(?:(?:Kernel|Process)\.)?(?:exit!?|abort|raise|fail|throw|exec)$/,
};
