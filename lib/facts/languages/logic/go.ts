import { type CodeTree, fieldOf, kindOf, partsOf } from '../../code/code-tree';
import type { NodeIndex } from '../types';
import { keysOf, valuesOf } from './keys';
import type { Key, LogicTable } from './types';

function keys(tree: CodeTree, node: NodeIndex): Key[] {
  if (kindOf(tree, node) === 'expression_switch_statement') {
    if (fieldOf(tree, node, 'initializer') !== null) return [];
    const cases = partsOf(tree, node).filter((part) => kindOf(tree, part) === 'expression_case');
    return cases.flatMap((part) => {
      const list = fieldOf(tree, part, 'value');
      return list === null ? [] : valuesOf(tree, partsOf(tree, list));
    });
  }
  const type = fieldOf(tree, node, 'type');
  const body = fieldOf(tree, node, 'body');
  if (type === null || body === null || kindOf(tree, type) !== 'map_type') return [];
  return keysOf(
    tree,
    partsOf(tree, body)
      .map((part) => fieldOf(tree, part, 'key'))
      .map((key) => (key === null ? null : (partsOf(tree, key)[0] ?? null))),
  );
}

export const goLogic: LogicTable = {
  question: /^(?:len|cap)$/,
  alwaysTrue: /^(?:true|!false)$/,
  alwaysFalse: /^(?:false|!true)$/,
  notANumber: /^math\.NaN\(\)$/,
  assignments: ['assignment_statement'],
  keyedKinds: ['composite_literal', 'expression_switch_statement'],
  keys,
  pure: /^(?:fmt\.(?:Sprint(?:f|ln)?|Errorf)|errors\.(?:New|Is)|strings\.(?:ToUpper|ToLower|Title|Trim\w*|Replace\w*|Split\w*|Join|Repeat|Contains\w*|HasPrefix|HasSuffix|Index\w*|Fields|EqualFold)|sort\.Reverse|strconv\.(?:Itoa|Quote|Format\w+)|context\.With(?:Value|out\w*)|filepath\.(?:Join|Base|Dir|Clean|Ext)|path\.(?:Join|Base|Dir|Clean|Ext)|slices\.(?:Contains\w*|Index\w*|Clone|Compact|Insert|Delete|Sorted)|append)$/,
  declarations: ['short_var_declaration', 'var_spec', 'parameter_declaration'],
  breakable: ['expression_switch_statement', 'type_switch_statement', 'select_statement'],
  exit: /^(?:os\.Exit|panic|log\.(?:Fatal|Panic)\w*|runtime\.Goexit|syscall\.Exec|\w+\.Fatal\w*)$/,
};
