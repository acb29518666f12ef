import { chainText } from '../code/calls';
import {
  ancestorWithRole,
  type CodeTree,
  childOfKind,
  childrenOf,
  fieldText,
  isNamed,
  kindOf,
  nodesWithRole,
  parentOf,
  partsOf,
  textOf,
} from '../code/code-tree';
import { javaTestImports } from './java-tests';
import { kotlinLogic } from './logic/kotlin';
import { kotlinSecurity } from './security/kotlin';
import { firstString, modifierText } from './shared';
import { kotlinSlow } from './slow/jvm';
import { kotlinSmells } from './test-smells';
import type { CatchClause, ImportRow, LanguageTable, NodeIndex, TestCase } from './types';

const modifiers = (tree: CodeTree, node: NodeIndex): string => modifierText(tree, node, 'modifiers');

function functionBody(tree: CodeTree, node: NodeIndex): NodeIndex | null {
  const kind = kindOf(tree, node);
  if (kind === 'lambda_literal') return node;
  const body = childOfKind(tree, node, 'function_body', 'block');
  if (body === null) return null;
  const [only] = partsOf(tree, body);
  return kindOf(tree, body) === 'function_body' && only !== undefined ? only : body;
}

function parameters(tree: CodeTree, node: NodeIndex): NodeIndex[] {
  const list = childOfKind(tree, node, 'function_value_parameters', 'lambda_parameters');
  if (list === null) return [];
  return partsOf(tree, list).filter((part) => /^(?:parameter|variable_declaration)$/.test(kindOf(tree, part)));
}

/** The branch after the `else` token of an `if`. */
function elseBranch(tree: CodeTree, node: NodeIndex): NodeIndex | null {
  if (kindOf(tree, node) !== 'if_expression') return null;
  const children = childrenOf(tree, node);
  const at = children.findIndex((child) => !isNamed(tree, child) && kindOf(tree, child) === 'else');
  return at < 0 ? null : (children.slice(at + 1).find((child) => isNamed(tree, child)) ?? null);
}

const TEST = /@(?:\w+\.)*(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property)\b(?!\w)/;
/** `assertFailsWith<T> { … }` on lines of its own: the grammar takes it for two comparisons. */
const GENERIC_ASSERTION = /^(?:\w+\.)?(?:assert|expect|should|fail)\w*<[\w.?*, ]+>\s*\{/;

const SKIP = /@(?:\w+\.)*(?:Disabled|Ignore)\b(?:\(([^)]*)\))?/;

function tests(tree: CodeTree, framework: string | null): TestCase[] {
  const found: TestCase[] = [];
  for (const node of nodesWithRole(tree, 'function')) {
    if (kindOf(tree, node) !== 'function_declaration') continue;
    const marks = modifiers(tree, node);
    if (!TEST.test(marks)) continue;
    const owner = ancestorWithRole(tree, node, 'class');
    const skip = SKIP.exec(marks) ?? (owner === null ? null : SKIP.exec(modifiers(tree, owner)));
    const body = functionBody(tree, node);
    const name = (fieldText(tree, node, 'name') ?? '').replaceAll('`', '');
    found.push({
      node,
      name: owner === null ? name : `${fieldText(tree, owner, 'name') ?? ''}.${name}`,
      framework: framework ?? 'junit',
      isSkipped: skip !== null,
      skipReason: skip?.[1] ? firstString(skip[1]) : null,
      isFocused: false,
      body: body !== null && /block|function_body/.test(kindOf(tree, body)) ? body : null,
      declaredAssertions: /@(?:\w+\.)*Test\([^)]*\bexpected\s*=/.test(marks) ? 1 : 0,
    });
  }
  return found;
}

function catches(tree: CodeTree, node: NodeIndex): CatchClause {
  const type = childOfKind(tree, node, 'user_type');
  return {
    node,
    body: childOfKind(tree, node, 'block'),
    isBroad:
      type !== null && /^(?:\w+\.)*(?:Exception|Throwable|RuntimeException|Error)$/.test(textOf(tree, type, 100)),
  };
}

function imports(tree: CodeTree, node: NodeIndex): ImportRow[] {
  const specifier = textOf(tree, node, 300)
    .replace(/^import\s+/, '')
    .replace(/\s+as\s+\w+|[;\s]+$/g, '')
    .trim();
  return kindOf(tree, node) === 'import' ? [{ node, specifier, isTypeOnly: false }] : [];
}

export const kotlin: LanguageTable = {
  id: 'kotlin',
  wasm: '@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm',
  extensions: ['kt', 'kts'],
  roles: {
    comment: ['line_comment', 'block_comment'],
    class: ['class_declaration', 'object_declaration', 'companion_object'],
    if: ['if_expression'],
    loop: ['for_statement', 'while_statement', 'do_while_statement'],
    switch: ['when_expression'],
    case: ['when_entry'],
    try: ['try_expression'],
    catch: ['catch_block'],
    binary: ['binary_expression'],
    terminator: ['return_expression', 'throw_expression'],
    block: ['block'],
    call: ['call_expression'],
    string: ['string_literal', 'multiline_string_literal', 'character_literal'],
    number: ['number_literal', 'float_literal'],
    identifier: ['identifier'],
    import: ['import', 'package_header'],
    parentheses: ['parenthesized_expression'],
    return: ['return_expression'],
    assertion: ['infix_expression', 'binary_expression'],
    afterExit: ['function_declaration', 'class_declaration', 'labeled_expression'],
    attribute: ['annotation'],
    leaf: ['line_comment', 'block_comment', 'character_literal'],
  },
  functions: {
    function_declaration: 'function',
    secondary_constructor: 'constructor',
    getter: 'accessor',
    setter: 'accessor',
    anonymous_function: 'lambda',
    lambda_literal: 'lambda',
  },
  headFields: ['condition'],
  headKinds: ['when_subject', 'variable_declaration', 'multi_variable_declaration'],
  elseBranch,
  isElseBranch: (tree, node) => elseBranch(tree, parentOf(tree, node)) === node,
  logicalOperators: ['&&', '||'],
  comparedOperators: ['==', '!=', '===', '!==', '<', '>', '<=', '>=', '&&', '||', '-', '/', '%'],
  hasImplicitReturn: false,
  trustsErrors: 'never',
  docComment: /^\/\*\*(?!\/)/,
  functionName: (tree, node) =>
    fieldText(tree, node, 'name')?.replaceAll('`', '') ??
    (kindOf(tree, node) === 'secondary_constructor' ? 'constructor' : null),
  functionKind: (tree, node, kind) =>
    kind === 'function' && kindOf(tree, parentOf(tree, node)) === 'class_body' ? 'method' : kind,
  functionBody,
  statements: (tree, body) =>
    kindOf(tree, body) === 'lambda_literal'
      ? partsOf(tree, body).filter((part) => kindOf(tree, part) !== 'lambda_parameters')
      : null,
  isBlockBody: (tree, body) => /^(?:lambda_literal|function_body)$/.test(kindOf(tree, body)),
  parameters,
  parameterName: (tree, parameter) => {
    const name = childOfKind(tree, parameter, 'identifier');
    return name === null ? null : textOf(tree, name);
  },
  isExported: (tree, node) =>
    !/\b(?:private|internal|protected)\b/.test(modifiers(tree, node)) && kindOf(tree, node) !== 'lambda_literal',
  isTypeExported: (tree, type) => !/\b(?:private|internal|protected)\b/.test(modifiers(tree, type)),
  isOverride: (tree, node) => /\boverride\b/.test(modifiers(tree, node)),
  isDeclaration: (tree, node, statements) => {
    const owner = ancestorWithRole(tree, node, 'class');
    const isInterface = owner !== null && childOfKind(tree, owner, 'interface') !== null;
    return (
      statements.length === 0 &&
      (isInterface || /\bopen\b/.test(modifiers(tree, node)) || kindOf(tree, node) === 'secondary_constructor')
    );
  },
  notImplemented:
    /^TODO\(|^throw (?:NotImplemented\w*\(|\w*(?:Exception|Error)\(\s*"[^"]*\b(?:not (?:yet )?implemented|unimplemented|todo\b))/i,
  constantText: /^(?:-\d[\d.]*|true|false|null|Unit|empty(?:List|Map|Set)\(\)|listOf\(\))$/,
  callee: (tree, call) => {
    const [target] = partsOf(tree, call);
    return target === undefined ? null : chainText(tree, target).replace(/[?!]+\./g, '.');
  },
  print: /^(?:println|print|System\.(?:out|err)\.print(?:ln)?)$|\.printStackTrace$/,
  sleep: /^(?:Thread\.sleep|delay|TimeUnit\.\w+\.sleep)$/,
  logic: kotlinLogic,
  slow: kotlinSlow,
  suppressions: [
    { tool: 'kotlin', pattern: /^@(?:file:)?Suppress\((?<checks>[^)]*)\)/, inAttribute: true },
    { tool: 'java', pattern: /^@SuppressWarnings\((?<checks>[^)]*)\)/, inAttribute: true },
    { tool: 'idea', pattern: /^noinspection\s+(?<checks>\w+(?:\s*,\s*\w+)*)(?<reason>.*)$/ },
    { tool: 'ktlint', pattern: /^ktlint-disable\b\s*(?<checks>[\w:-]*)(?<reason>.*)$/ },
  ],
  catches,
  imports,
  declaredPackage: (tree) => {
    const clause = childOfKind(tree, 0, 'package_header');
    const name = clause === null ? undefined : partsOf(tree, clause)[0];
    return name === undefined ? null : textOf(tree, name, 200);
  },
  testImports: [[/^io\.kotest\b/, 'kotest'], [/^kotlin\.test\b/, 'kotlin.test'], ...javaTestImports],
  tests,
  isAssertion: (tree, node) => {
    if (kindOf(tree, node) === 'binary_expression') return GENERIC_ASSERTION.test(textOf(tree, node, 300));
    const parts = partsOf(tree, node);
    return (
      parts[1] !== undefined &&
      /^(?:should|must|shall|isEqualTo|isSameAs|verif|assert)/i.test(textOf(tree, parts[1], 40))
    );
  },
  assertionCall:
    /(?:^|\.)(?:assert|expect|should|must|verif|co[Vv]erif|ensure|check|fail|refute|compare|confirm|validate|require|andExpect|awaitItem|awaitComplete|awaitError|test\b)\w*/,
  testSmells: kotlinSmells,
  helperAssertion: /(?:^|\.)(?:assert\w*|fail|verify\w*|shouldBe\w*|expect\w*)$/,
  security: kotlinSecurity,
};
