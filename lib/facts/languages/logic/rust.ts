import { type CodeTree, fieldOf, kindOf, partsOf, textOf } from '../../code/code-tree';
import type { NodeIndex } from '../types';
import { keysOf } from './keys';
import { isTextName } from './receivers';
import type { Key, LogicTable } from './types';

function keys(tree: CodeTree, node: NodeIndex): Key[] {
  const isMatch = kindOf(tree, node) === 'match_expression';
  if (!isMatch) return entries(tree, node);
  const body = fieldOf(tree, node, 'body');
  const arms = body === null ? [] : partsOf(tree, body).filter((part) => kindOf(tree, part) === 'match_arm');
  return arms.flatMap((arm) => {
    const pattern = fieldOf(tree, arm, 'pattern');
    const [inner] = pattern === null ? [] : partsOf(tree, pattern);
    // A guard makes the same pattern mean something else, and so does what an attribute leaves out.
    const isPlain = pattern !== null && fieldOf(tree, pattern, 'condition') === null;
    const hasAttribute = partsOf(tree, arm).some((part) => kindOf(tree, part) === 'attribute_item');
    if (inner === undefined || !isPlain || hasAttribute) return [];
    const literals = kindOf(tree, inner) === 'or_pattern' ? partsOf(tree, inner) : [inner];
    return keysOf(
      tree,
      literals.filter((literal) => /_literal$|^scoped_identifier$/.test(kindOf(tree, literal))),
    );
  });
}

/** `HashMap::from([(key, value), …])`. */
function entries(tree: CodeTree, call: NodeIndex): Key[] {
  const target = fieldOf(tree, call, 'function');
  const list = fieldOf(tree, call, 'arguments');
  if (target === null || list === null || !/^(?:\w+::)*(?:Hash|BTree|Index)Map::from$/.test(textOf(tree, target, 80))) {
    return [];
  }
  const [array] = partsOf(tree, list);
  if (array === undefined || kindOf(tree, array) !== 'array_expression') return [];
  return keysOf(
    tree,
    partsOf(tree, array).map((pair) => (kindOf(tree, pair) === 'tuple_expression' ? partsOf(tree, pair)[0] : null)),
  );
}

export const rustLogic: LogicTable = {
  alwaysTrue: /^(?:true|!false)$/,
  alwaysFalse: /^(?:false|!true)$/,
  notANumber: /^(?:std::)?f(?:32|64)::NAN$/,
  assignments: ['assignment_expression'],
  keyedKinds: ['match_expression', 'call_expression'],
  keys,
  pure: /^format!$|\.(?:trim|trim_start|trim_end|to_uppercase|to_lowercase|to_ascii_uppercase|to_ascii_lowercase|is_empty|starts_with|ends_with|wrapping_add|wrapping_sub|checked_add|checked_sub|saturating_add|saturating_sub)$/,
  isPureCall: (_tree, _call, callee) => !/\.trim\w*$/.test(callee) || isTextName(callee),
  declarations: ['let_declaration', 'parameter'],
  breakable: [],
  exit: /^(?:(?:std::)?process::(?:exit|abort)|panic!|unreachable!|todo!|unimplemented!|bail!|anyhow::bail!)$/,
};
