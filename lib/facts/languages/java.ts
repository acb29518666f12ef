import { chainText } from '../code/calls';
import {
  ancestorWithRole,
  type CodeTree,
  childOfKind,
  descendantOfKind,
  fieldOf,
  fieldText,
  kindOf,
  parentOf,
  partsOf,
  textOf,
} from '../code/code-tree';
import { javaTestImports, javaTests } from './java-tests';
import { javaLogic } from './logic/java';
import { javaSecurity } from './security/java';
import { modifierText, nameField } from './shared';
import { javaSlow } from './slow/jvm';
import { javaSmells } from './test-smells';
import type { CatchClause, ImportRow, LanguageTable, NodeIndex } from './types';

const modifiers = (tree: CodeTree, node: NodeIndex): string => modifierText(tree, node, 'modifiers');

function parameters(tree: CodeTree, node: NodeIndex): NodeIndex[] {
  const list = fieldOf(tree, node, 'parameters');
  if (list === null) return [];
  if (kindOf(tree, list) === 'identifier') return [list];
  return partsOf(tree, list).filter((part) => kindOf(tree, part) !== 'receiver_parameter');
}

function parameterName(tree: CodeTree, parameter: NodeIndex): string | null {
  if (kindOf(tree, parameter) === 'identifier') return textOf(tree, parameter);
  const declarator = childOfKind(tree, parameter, 'variable_declarator') ?? parameter;
  return fieldText(tree, declarator, 'name');
}

function callee(tree: CodeTree, call: NodeIndex): string | null {
  const kind = kindOf(tree, call);
  if (kind === 'object_creation_expression') return fieldText(tree, call, 'type');
  const name = fieldText(tree, call, 'name');
  const object = fieldOf(tree, call, 'object');
  return name === null ? null : object === null ? name : `${chainText(tree, object)}.${name}`;
}

const BROAD = /\b(?:Exception|Throwable|Error|RuntimeException)\b/;

function catches(tree: CodeTree, node: NodeIndex): CatchClause {
  const type = descendantOfKind(tree, node, 'catch_type');
  const names = type === null ? [] : textOf(tree, type, 500).split('|');
  return {
    node,
    body: fieldOf(tree, node, 'body'),
    isBroad: names.some((name) => BROAD.exec(name.trim())?.[0] === name.trim()),
  };
}

function imports(tree: CodeTree, node: NodeIndex): ImportRow[] {
  if (kindOf(tree, node) !== 'import_declaration') return [];
  const specifier = textOf(tree, node, 500)
    .replace(/^import\s+(?:static\s+)?|\s*;\s*$/g, '')
    .replace(/\s+/g, '');
  return [{ node, specifier, isTypeOnly: false }];
}

function inInterface(tree: CodeTree, node: NodeIndex): boolean {
  const owner = ancestorWithRole(tree, node, 'class');
  return owner !== null && /^(?:interface|annotation_type)_declaration$/.test(kindOf(tree, owner));
}

const SHELL = /^"(?:\/(?:usr\/)?bin\/)?(?:ba|z|da)?sh"$|^"cmd(?:\.exe)?"$/;

/** A command line that is put together, or a shell that is handed one. */
function isDangerous(tree: CodeTree, call: NodeIndex, callee: string, form: 'shell' | 'eval'): boolean {
  const list = fieldOf(tree, call, 'arguments');
  const given = list === null ? [] : partsOf(tree, list);
  const [first] = given;
  if (first === undefined) return false;
  if (form === 'eval') return !isLiteral(tree, first);
  const isExec = callee.endsWith('exec');
  const words = given.length === 1 ? (wordsOf(tree, first) ?? given) : given;
  const shell = words.findIndex((word) => SHELL.test(textOf(tree, word, 40)));
  if (shell >= 0)
    return /^"[-/]/.test(textOf(tree, words[shell + 1] ?? first, 10)) && !words.every((word) => isLiteral(tree, word));
  return isExec && words === given && !isLiteral(tree, first);
}

/** Elements of `new String[] { … }`, `List.of(…)` and `Arrays.asList(…)`. */
function wordsOf(tree: CodeTree, node: NodeIndex): NodeIndex[] | null {
  const kind = kindOf(tree, node);
  if (kind === 'array_creation_expression') {
    const values = fieldOf(tree, node, 'value');
    return values === null ? null : partsOf(tree, values);
  }
  const list = kind === 'method_invocation' ? fieldOf(tree, node, 'arguments') : null;
  return list !== null && /^(?:of|asList)$/.test(fieldText(tree, node, 'name') ?? '') ? partsOf(tree, list) : null;
}

function isLiteral(tree: CodeTree, node: NodeIndex): boolean {
  const kind = kindOf(tree, node);
  if (kind === 'binary_expression') return partsOf(tree, node).every((part) => isLiteral(tree, part));
  return kind === 'string_literal' || kind === 'text_block';
}

export const java: LanguageTable = {
  id: 'java',
  wasm: 'tree-sitter-java/tree-sitter-java.wasm',
  extensions: ['java'],
  roles: {
    comment: ['line_comment', 'block_comment'],
    class: [
      'class_declaration',
      'interface_declaration',
      'enum_declaration',
      'record_declaration',
      'annotation_type_declaration',
    ],
    if: ['if_statement'],
    ternary: ['ternary_expression'],
    loop: ['for_statement', 'enhanced_for_statement', 'while_statement', 'do_statement'],
    switch: ['switch_expression'],
    case: ['switch_label'],
    try: ['try_statement', 'try_with_resources_statement'],
    catch: ['catch_clause'],
    binary: ['binary_expression'],
    terminator: ['return_statement', 'throw_statement', 'break_statement', 'continue_statement'],
    block: ['block', 'constructor_body', 'switch_block_statement_group'],
    call: ['method_invocation', 'object_creation_expression'],
    string: ['string_literal', 'character_literal'],
    number: [
      'decimal_integer_literal',
      'hex_integer_literal',
      'octal_integer_literal',
      'binary_integer_literal',
      'decimal_floating_point_literal',
      'hex_floating_point_literal',
    ],
    constant: ['true', 'false', 'null_literal'],
    identifier: ['identifier', 'type_identifier'],
    import: ['import_declaration', 'package_declaration'],
    parentheses: ['parenthesized_expression'],
    return: ['return_statement'],
    assertion: ['assert_statement'],
    afterExit: ['class_declaration', 'labeled_statement'],
    attribute: ['marker_annotation', 'annotation'],
    wrapper: ['expression_statement'],
    leaf: ['line_comment', 'block_comment', 'string_literal', 'character_literal'],
  },
  functions: {
    method_declaration: 'method',
    constructor_declaration: 'constructor',
    compact_constructor_declaration: 'constructor',
    lambda_expression: 'lambda',
  },
  headFields: ['condition', 'init', 'update', 'value', 'type', 'name', 'resources'],
  logicalOperators: ['&&', '||'],
  comparedOperators: ['==', '!=', '<', '>', '<=', '>=', '&&', '||', '-', '/', '%'],
  trustsErrors: 'always',
  docComment: /^\/\*\*(?!\/)/,
  functionName: nameField,
  functionBody: (tree, node) => fieldOf(tree, node, 'body'),
  parameters,
  parameterName,
  isExported: (tree, node) => {
    if (inInterface(tree, node)) return !/\bprivate\b/.test(modifiers(tree, node));
    return /\b(?:public|protected)\b/.test(modifiers(tree, node));
  },
  isTypeExported: (tree, type) => inInterface(tree, type) || /\b(?:public|protected)\b/.test(modifiers(tree, type)),
  isOverride: (tree, node) =>
    /@Override\b/.test(modifiers(tree, node)) ||
    kindOf(tree, parentOf(tree, parentOf(tree, node))) === 'object_creation_expression',
  isDeclaration: (tree, node, statements) => statements.length === 0 && inInterface(tree, node),
  notImplemented:
    /^throw new (?:\w+\.)*(?:NotImplemented(?:Exception|Error)\(|\w+(?:Exception|Error)\(\s*"[^"]*\b(?:not (?:yet )?implemented|unimplemented|todo\b|implement me))/i,
  constantText: /^(?:-\d[\d.]*|(?:Optional|Collections|List|Map|Set)\.(?:empty\w*|of)\(\)|Boolean\.(?:TRUE|FALSE))$/,
  callee,
  print: /^System\.(?:out|err)\.print(?:ln|f)?$|\.printStackTrace$/,
  sleep: /^(?:Thread|TimeUnit\.\w+|SystemClock)\.sleep$|^Uninterruptibles\.sleepUninterruptibly$/,
  shell:
    /^(?:(?:Runtime\.getRuntime\(\)|\w*[rR]untime)\.exec|(?:java\.lang\.)?ProcessBuilder|\w*(?:[bB]uilder|pb)\.command)$/,
  judgesArguments: true,
  isDangerous,
  eval: /^\w*(?:[eE]ngine|[sS]criptEngine)\.eval$/,
  logic: javaLogic,
  slow: javaSlow,
  suppressions: [
    {
      tool: 'java',
      pattern: /^@SuppressWarnings\(\s*(?:value\s*=\s*)?\{?(?<checks>[^)}]*)\}?\s*\)/,
      inAttribute: true,
    },
    { tool: 'sonar', pattern: /^NOSONAR\b(?<reason>.*)$/ },
    { tool: 'checkstyle', pattern: /^CHECKSTYLE[.:]\s*OFF\b:?\s*(?<checks>\w*)(?<reason>.*)$/ },
    { tool: 'pmd', pattern: /^NOPMD\b(?<reason>.*)$/ },
  ],
  catches,
  imports,
  declaredPackage: (tree) => {
    const clause = childOfKind(tree, 0, 'package_declaration');
    const name = clause === null ? undefined : partsOf(tree, clause).at(-1);
    return name === undefined ? null : textOf(tree, name, 200);
  },
  testImports: javaTestImports,
  tests: javaTests,
  assertionCall:
    /(?:^|\.)(?:assert|expect|should|verif|must|ensure|check|fail|refute|compare|confirm|validate|andExpect|then\b|hasError|await)\w*/i,
  testSmells: javaSmells,
  helperAssertion: /(?:^|\.)(?:assert\w*|fail|verify\w*|expect\w*)$/i,
  security: javaSecurity,
};
