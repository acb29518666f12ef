import { chainText } from '../code/calls';
import {
  type CodeTree,
  childOfKind,
  descendantOfKind,
  endOf,
  fieldOf,
  fieldText,
  kindOf,
  nodesWithRole,
  parentOf,
  partsOf,
  startOf,
  textOf,
} from '../code/code-tree';
import { cFamilyLogic } from './logic/c-family';
import { cSecurity } from './security/c-family';
import { firstString, modifierText } from './shared';
import { cSmells } from './test-smells';
import type { CatchClause, ImportRow, LanguageTable, NodeIndex, TestCase } from './types';

const TEST_MACRO =
  /^(?:TEST|TEST_F|TEST_P|TYPED_TEST|TYPED_TEST_P|TEST_CASE|TEST_CASE_METHOD|TEMPLATE_TEST_CASE|SCENARIO|BOOST_AUTO_TEST_CASE|BOOST_FIXTURE_TEST_CASE|Test|ParameterizedTest|CTEST|ZTEST|START_TEST|UTEST|MU_TEST)$/;

function declarator(tree: CodeTree, node: NodeIndex): NodeIndex | null {
  let inner = fieldOf(tree, node, 'declarator');
  for (let step = 0; inner !== null && step < 10; step++) {
    if (/function_declarator$/.test(kindOf(tree, inner))) return inner;
    inner = fieldOf(tree, inner, 'declarator') ?? partsOf(tree, inner)[0] ?? null;
  }
  return null;
}

function functionName(tree: CodeTree, node: NodeIndex): string | null {
  const found = declarator(tree, node);
  const target = found === null ? null : fieldOf(tree, found, 'declarator');
  if (target === null) return null;
  const name = textOf(tree, target, 200);
  if (TEST_MACRO.test(name)) return testName(tree, found ?? node);
  const scope = name.lastIndexOf('::');
  return name.slice(scope < 0 ? 0 : scope + 2).replace(/^[*&\s]+/, '') || null;
}

const testName = (tree: CodeTree, found: NodeIndex): string =>
  (fieldText(tree, found, 'parameters') ?? '')
    .replace(/^\(|\)$/g, '')
    .split(/\s*,\s*/)
    .slice(0, 2)
    .join('.');

function parameters(tree: CodeTree, node: NodeIndex): NodeIndex[] {
  const found = declarator(tree, node);
  const list = found === null ? null : fieldOf(tree, found, 'parameters');
  if (list === null) return [];
  return partsOf(tree, list).filter(
    (part) => textOf(tree, part, 8) !== 'void' && /parameter_declaration$/.test(kindOf(tree, part)),
  );
}

function parameterName(tree: CodeTree, parameter: NodeIndex): string | null {
  let target = fieldOf(tree, parameter, 'declarator');
  for (let step = 0; target !== null && kindOf(tree, target) !== 'identifier' && step < 8; step++) {
    if (/function_declarator/.test(kindOf(tree, target))) return null;
    target = fieldOf(tree, target, 'declarator') ?? partsOf(tree, target).at(-1) ?? null;
  }
  // `(void)x` and `Q_UNUSED(x)` mention the name, so they count as a use.
  return target === null ? null : textOf(tree, target);
}

function imports(tree: CodeTree, node: NodeIndex): ImportRow[] {
  const path = fieldText(tree, node, 'path');
  return path === null ? [] : [{ node, specifier: path.replace(/^["]|["]$/g, ''), isTypeOnly: false }];
}

function catches(tree: CodeTree, node: NodeIndex): CatchClause | null {
  const list = fieldText(tree, node, 'parameters') ?? '';
  return { node, body: fieldOf(tree, node, 'body'), isBroad: /\.\.\.|\bexception\b/.test(list) };
}

function container(tree: CodeTree, node: NodeIndex): string | null {
  const found = declarator(tree, node);
  const target = found === null ? null : fieldOf(tree, found, 'declarator');
  if (target === null || kindOf(tree, target) !== 'qualified_identifier') return null;
  const name = textOf(tree, target, 200);
  return name.slice(0, name.lastIndexOf('::')).replace(/<.*>/g, '') || null;
}

/** Test macros read as functions, or as a call followed by a block. */
function tests(tree: CodeTree, framework: string | null): TestCase[] {
  const found: TestCase[] = [];
  const add = (node: NodeIndex, body: NodeIndex, macro: string, name: string): void => {
    const isSkipped = /\bDISABLED_/.test(name) || /\[(?:!mayfail|\.|!hide)\]/.test(name);
    found.push({
      node,
      name: firstString(name) ?? name,
      framework: framework ?? (/CASE|SCENARIO/.test(macro) ? 'catch2' : 'googletest'),
      isSkipped,
      skipReason: null,
      isFocused: false,
      body,
      declaredAssertions: 0,
    });
  };
  for (const node of nodesWithRole(tree, 'function')) {
    const head = declarator(tree, node);
    const macro = head === null ? null : fieldText(tree, head, 'declarator');
    const body = fieldOf(tree, node, 'body');
    if (head !== null && macro && body !== null && TEST_MACRO.test(macro) && !isSwitchedOff(tree, node))
      add(node, body, macro, testName(tree, head));
  }
  for (const call of nodesWithRole(tree, 'call')) {
    const macro = fieldText(tree, call, 'function') ?? '';
    if (!TEST_MACRO.test(macro) || isSwitchedOff(tree, call)) continue;
    const statement = parentOf(tree, call);
    const next = tree.next[statement] ?? tree.size;
    const isFollowed =
      kindOf(tree, statement) === 'expression_statement' &&
      next < tree.size &&
      kindOf(tree, next) === 'compound_statement';
    if (!isFollowed || tree.text.slice(endOf(tree, statement), startOf(tree, next)).trim() !== '') continue;
    add(next, next, macro, fieldText(tree, call, 'arguments') ?? '');
  }
  return found;
}

/** Between `#if 0` and its end: text, not code. */
function isSwitchedOff(tree: CodeTree, node: NodeIndex): boolean {
  for (let up = parentOf(tree, node), from = node, step = 0; up >= 0 && step < 100; step++) {
    const isElse = /^preproc_el/.test(kindOf(tree, from));
    if (kindOf(tree, up) === 'preproc_if' && !isElse && fieldText(tree, up, 'condition') === '0') return true;
    from = up;
    up = parentOf(tree, up);
  }
  return false;
}

/** What C and C++ share. */
export const cFamily = {
  roles: {
    comment: ['comment'],
    class: ['class_specifier', 'struct_specifier'],
    if: ['if_statement'],
    else: ['else_clause'],
    ternary: ['conditional_expression'],
    loop: ['for_statement', 'for_range_loop', 'while_statement', 'do_statement'],
    switch: ['switch_statement'],
    case: ['case_statement'],
    try: ['try_statement'],
    catch: ['catch_clause'],
    binary: ['binary_expression'],
    terminator: ['return_statement', 'throw_statement', 'break_statement', 'continue_statement', 'goto_statement'],
    block: ['compound_statement', 'case_statement'],
    call: ['call_expression'],
    string: ['string_literal', 'char_literal', 'raw_string_literal', 'concatenated_string', 'system_lib_string'],
    number: ['number_literal'],
    constant: ['true', 'false', 'null'],
    identifier: [
      'identifier',
      'field_identifier',
      'type_identifier',
      'namespace_identifier',
      'statement_identifier',
      'primitive_type',
    ],
    import: ['preproc_include', 'using_declaration'],
    parentheses: ['parenthesized_expression'],
    return: ['return_statement'],
    afterExit: ['labeled_statement', 'case_statement', 'function_definition', 'declaration'],
    attribute: ['attribute_declaration', 'attribute_specifier'],
    wrapper: ['expression_statement', 'template_declaration'],
    leaf: ['comment', 'string_literal', 'char_literal', 'raw_string_literal', 'system_lib_string', 'preproc_arg'],
  },
  functions: { function_definition: 'function', lambda_expression: 'lambda' },
  headFields: ['condition', 'initializer', 'update', 'right', 'left', 'value', 'declarator', 'type', 'parameters'],
  logicalOperators: ['&&', '||', 'and', 'or'],
  sharesCases: true,
  // Subtraction and division by itself are how one makes NaN on purpose.
  comparedOperators: ['==', '!=', '<', '>', '<=', '>=', '&&', '||', '%'],
  trustsErrors: 'never' as const,
  docComment: /^(?:\/\*[*!](?![*/])|\/\/[/!])/,
  functionName,
  functionKind: (tree, node, kind) => {
    if (kind !== 'function') return kind;
    const inClass = /^(?:field_declaration_list)$/.test(kindOf(tree, parentOf(tree, node)));
    const owner = container(tree, node);
    const name = functionName(tree, node);
    if (owner !== null && name === owner.split('::').at(-1)) return 'constructor';
    if (inClass && fieldOf(tree, node, 'type') === null && !name?.startsWith('~')) return 'constructor';
    return inClass || owner !== null ? 'method' : 'function';
  },
  functionBody: (tree, node) => {
    const clause = childOfKind(tree, node, 'default_method_clause', 'delete_method_clause', 'pure_virtual_clause');
    return clause === null ? fieldOf(tree, node, 'body') : null;
  },
  container,
  parameters,
  parameterName,
  isExported: (tree, node) => !/\bstatic\b/.test(modifierText(tree, node, 'storage_class_specifier')),
  isOverride: (tree, node) => {
    const specifier = descendantOfKind(tree, declarator(tree, node) ?? node, 'virtual_specifier');
    return specifier !== null && /override|final/.test(textOf(tree, specifier));
  },
  // An empty constructor or destructor does its work in the initialisers, or by being there.
  isDeclaration: (tree, node, statements) =>
    statements.length === 0 &&
    (fieldOf(tree, node, 'type') === null || childOfKind(tree, node, 'field_initializer_list') !== null),
  notImplemented:
    /^(?:throw\b|assert\b|abort\b|panic\b|UNIMPLEMENTED\b|NOT_IMPLEMENTED\b|Q_UNIMPLEMENTED\b)[^;]*\b(?:not[ _]?(?:yet[ _])?implemented|unimplemented|todo\b)/i,
  constantText: /^(?:-\d[\d.]*|NULL|nullptr|\{\}|TRUE|FALSE)$/,
  callee: (tree, call) => {
    const target = fieldOf(tree, call, 'function');
    return target === null ? null : chainText(tree, target);
  },
  print: /^(?:printf|puts|putchar)$/,
  debugger: /^(?:__debugbreak|DebugBreak|__builtin_trap_debug)$/,
  sleep: /^(?:(?:std::)?this_thread::sleep_(?:for|until)|sleep|usleep|nanosleep|Sleep|absl::SleepFor)$/,
  shell: /^(?:(?:std|::)?(?:::)?system|_?w?popen|_wsystem)$/,
  logic: cFamilyLogic,
  suppressions: [
    { tool: 'clang-tidy', pattern: /^NOLINT(?:NEXTLINE|BEGIN)?\b(?:\((?<checks>[^)]*)\))?(?<reason>.*)$/ },
    { tool: 'cppcheck', pattern: /^cppcheck-suppress\s+(?<checks>\[?[\w,\s]+\]?)(?<reason>.*)$/ },
    { tool: 'coverage', pattern: /^LCOV_EXCL_(?<checks>LINE|START|BR_LINE)\b(?<reason>.*)$/ },
  ],
  catches,
  imports,
  testImports: [
    [/^<?gtest\//, 'googletest'],
    [/^<?catch2?[/.]/, 'catch2'],
    [/doctest/, 'doctest'],
    [/boost\/test/, 'boost'],
    [/cmocka\.h|unity\.h|criterion\/criterion\.h/, 'c test'],
  ],
  tests,
  assertionCall:
    /(?:^|::|\.|->)(?:\w*ASSERT\w*|\w*EXPECT\w*|\w*CHECK\w*|\w*REQUIRE\w*|\w*VERIFY\w*|\w*FAIL\w*|BOOST_TEST\w*|QCOMPARE|cr_\w+|ck_\w+|(?:static_)?[Aa]ssert\w*|[Ee]xpect\w*|(?:\w{1,40}_)?[Vv]erify\w*|[Cc]heck\w*|[Ff]ail\w*|[Cc]ompare\w*|[Vv]alidate\w*|[Tt]est\w*)$/,
  testSmells: cSmells,
  helperAssertion: /^(?:\w*_)?(?:ASSERT|EXPECT|CHECK|REQUIRE|BOOST_TEST|BOOST_CHECK)\w*$/,
  security: cSecurity,
} satisfies Partial<LanguageTable>;
