import { ancestorWithRole, type CodeTree, fieldOf, kindOf, parentOf, partsOf, textOf } from '../../code/code-tree';
import type { NodeIndex } from '../types';
import { keysOf } from './keys';
import type { Key, LogicTable } from './types';

/** `.name = value` and `[INDEX] = value`; a compiler refuses a case given twice, and directives make it look so. */
function keys(tree: CodeTree, node: NodeIndex): Key[] {
  const parts = partsOf(tree, node);
  if (parts.some((part) => /preproc/.test(kindOf(tree, part)))) return [];
  return parts.flatMap((part) => {
    if (kindOf(tree, part) !== 'initializer_pair') return [];
    const designators = partsOf(tree, part).filter((child) => /_designator$/.test(kindOf(tree, child)));
    const [designator] = designators;
    if (designator === undefined || designators.length > 1) return [];
    return keysOf(tree, [partsOf(tree, designator)[0]]);
  });
}

const STATEMENT = /^(?:expression_statement|comma_expression|for_statement|case_statement)$/;

/** `x = x` keeps older compilers quiet about a parameter that is not used; elsewhere than in a statement it is misread. */
function isMeant(tree: CodeTree, node: NodeIndex, target: NodeIndex): boolean {
  if (!STATEMENT.test(kindOf(tree, parentOf(tree, node)))) return true;
  const owner = ancestorWithRole(tree, node, 'function');
  const { table } = tree.grammar;
  if (owner === null || kindOf(tree, target) !== 'identifier') return false;
  const name = textOf(tree, target, 80);
  return table.parameters(tree, owner).some((parameter) => table.parameterName(tree, parameter) === name);
}

const HAS_DIRECTIVE = /^[ \t]*#/m;

/** What C and C++ share. */
export const cFamilyLogic: LogicTable = {
  question: /^(?:strlen|isalpha|isdigit|isalnum|isspace)$/,
  alwaysTrue: /^(?:true|TRUE|0*[1-9]\d*)$/,
  alwaysFalse: /^(?:false|FALSE|0|NULL|nullptr)$/,
  notANumber: /^NAN$/,
  assignments: ['assignment_expression'],
  isMeantSelfAssignment: isMeant,
  keyedKinds: ['initializer_list'],
  keys: (tree, node) => (HAS_DIRECTIVE.test(textOf(tree, node, 20_000)) ? [] : keys(tree, node)),
  pure: /^(?:std::)?(?:strlen|strcmp|strncmp|strchr|strstr|abs|labs|fabs|sqrt|pow|toupper|tolower|isalpha|isdigit|isspace|isalnum|memcmp)$|^std::(?:move|min|max|remove|remove_if|unique|to_string)$|(?:\.|->)(?:empty|size|length|substr|c_str|starts_with|ends_with)$/,
  isPureCall: (tree, call, callee) => {
    const list = fieldOf(tree, call, 'arguments');
    const count = list === null ? 0 : partsOf(tree, list).length;
    // `std::remove(path)` deletes a file; `substr` without arguments belongs to another class.
    if (callee === 'std::remove') return count === 3;
    return !/(?:\.|->)substr$/.test(callee) || count > 0;
  },
  allowsBareComparison: true,
  declarations: ['init_declarator', 'parameter_declaration', 'declaration'],
  breakable: ['switch_statement'],
  exit: /^(?:std::)?(?:exit|_exit|_Exit|abort|longjmp|siglongjmp|exec\w+|terminate|quick_exit|pthread_exit|panic|\w*(?:[dD]ie|[fF]atal|[eE]xit|PANIC|FATAL)\w*)$/,
};

/** References hide behind what looks like a copy. */
export const cppLogic: LogicTable = { ...cFamilyLogic, passesByReference: true };
