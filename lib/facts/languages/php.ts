import { chainText } from '../code/calls';
import {
  ancestorWithRole,
  type CodeTree,
  childOfKind,
  descendantOfKind,
  descendantsOfKind,
  fieldOf,
  fieldText,
  hasRole,
  kindOf,
  nodesWithRole,
  partsOf,
  textOf,
} from '../code/code-tree';
import { phpLogic } from './logic/php';
import { phpSecurity } from './security/php';
import { firstString, modifierText, unquote } from './shared';
import { phpSlow } from './slow/scripts';
import { phpSmells } from './test-smells';
import { phpHints } from './type-hints';
import type { CatchClause, ImportRow, LanguageTable, NodeIndex, TestCase } from './types';

const modifiers = (tree: CodeTree, node: NodeIndex): string =>
  modifierText(tree, node, 'visibility_modifier', 'abstract_modifier', 'static_modifier', 'attribute_list');

function callee(tree: CodeTree, call: NodeIndex): string | null {
  const kind = kindOf(tree, call);
  if (kind === 'object_creation_expression') {
    const [type] = partsOf(tree, call);
    return type === undefined ? null : textOf(tree, type, 100);
  }
  if (kind === 'function_call_expression') {
    const target = fieldOf(tree, call, 'function');
    return target === null ? null : chainText(tree, target).replace(/^\\/, '');
  }
  const name = fieldText(tree, call, 'name') ?? '';
  const object = fieldOf(tree, call, 'object') ?? fieldOf(tree, call, 'scope');
  return object === null ? name : `${chainText(tree, object)}.${name}`;
}

/** PHPUnit methods, and Pest's `it()` and `test()`. */
function tests(tree: CodeTree, framework: string | null): TestCase[] {
  const found: TestCase[] = [];
  for (const node of nodesWithRole(tree, 'function')) {
    if (kindOf(tree, node) !== 'method_declaration') continue;
    const owner = ancestorWithRole(tree, node, 'class');
    const name = fieldText(tree, node, 'name') ?? '';
    const base = owner === null ? null : childOfKind(tree, owner, 'base_clause');
    const isTestClass = base !== null && /Test(?:Case)?\b|TestBase/.test(textOf(tree, base, 200));
    const marked =
      /#\[\s*(?:\\?\w+\\)*Test\b/.test(modifiers(tree, node)) ||
      /@test\b/.test(
        tree.text
          .slice(Math.max(0, (tree.start[node] ?? 0) - 300), tree.start[node])
          .split(/[};]/)
          .at(-1) ?? '',
      );
    const body = fieldOf(tree, node, 'body');
    if (
      !isTestClass ||
      body === null ||
      !(/^test/.test(name) || marked) ||
      !/public|^$/.test(
        modifiers(tree, node)
          .replace(/#\[.*\]/, '')
          .trim(),
      )
    )
      continue;
    const skip = partsOf(tree, body)
      .slice(0, 2)
      .map((part) => textOf(tree, part, 300))
      .find((text) => /^(?:\$this->|self::|static::)markTest(?:Skipped|Incomplete)\(/.test(text));
    found.push({
      node,
      name: `${owner === null ? '' : `${fieldText(tree, owner, 'name') ?? ''}.`}${name}`,
      framework: framework ?? 'phpunit',
      isSkipped: skip !== undefined,
      skipReason: skip === undefined ? null : firstString(skip),
      isFocused: false,
      body,
      declaredAssertions: /DoesNotPerformAssertions|expectedException/.test(modifiers(tree, node)) ? 1 : 0,
    });
  }
  for (const call of nodesWithRole(tree, 'call')) {
    if (
      kindOf(tree, call) !== 'function_call_expression' ||
      !/^(?:it|test|todo)$/.test(fieldText(tree, call, 'function') ?? '')
    )
      continue;
    const list = fieldOf(tree, call, 'arguments');
    const values = list === null ? [] : partsOf(tree, list).map((part) => partsOf(tree, part).at(-1) ?? part);
    const [title, callback] = values;
    if (
      title === undefined ||
      !hasRole(tree, title, 'string') ||
      callback === undefined ||
      !hasRole(tree, callback, 'function')
    )
      continue;
    const after = tree.text.slice(tree.end[call] ?? 0, (tree.end[call] ?? 0) + 80);
    const body = fieldOf(tree, callback, 'body');
    found.push({
      node: call,
      name: unquote(textOf(tree, title, 200)),
      framework: 'pest',
      isSkipped: /^\s*->(?:skip|todo)\(/.test(after),
      skipReason: /^\s*->skip\(/.test(after) ? firstString(after) : null,
      isFocused: /^\s*->only\(/.test(after),
      body: body !== null && kindOf(tree, body) === 'compound_statement' ? body : null,
      declaredAssertions: /^\s*->throws\(/.test(after) ? 1 : 0,
    });
  }
  return found;
}

function catches(tree: CodeTree, node: NodeIndex): CatchClause {
  const types = (fieldText(tree, node, 'type') ?? '').split('|').map((name) => name.trim().replace(/^\\/, ''));
  return {
    node,
    body: fieldOf(tree, node, 'body'),
    isBroad: types.some((name) => /^(?:Exception|Throwable|Error)$/.test(name)),
  };
}

function imports(tree: CodeTree, node: NodeIndex): ImportRow[] {
  if (kindOf(tree, node) === 'namespace_use_declaration') {
    const prefix = childOfKind(tree, node, 'namespace_name');
    return descendantsOfKind(tree, node, 'namespace_use_clause').map((clause) => {
      const name = partsOf(tree, clause)[0];
      const text = name === undefined ? '' : textOf(tree, name, 200).replace(/^\\/, '');
      return { node, specifier: prefix === null ? text : `${textOf(tree, prefix, 200)}\\${text}`, isTypeOnly: false };
    });
  }
  const [target] = partsOf(tree, node);
  if (target === undefined || !hasRole(tree, target, 'string')) return [];
  return [{ node, specifier: unquote(textOf(tree, target, 200)), isTypeOnly: false }];
}

export const php: LanguageTable = {
  id: 'php',
  wasm: 'tree-sitter-php/tree-sitter-php.wasm',
  extensions: ['php', 'phtml', 'php5', 'inc'],
  interpreters: ['php'],
  roles: {
    comment: ['comment'],
    class: ['class_declaration', 'interface_declaration', 'trait_declaration', 'enum_declaration'],
    if: ['if_statement'],
    else: ['else_clause'],
    elseIf: ['else_if_clause'],
    ternary: ['conditional_expression'],
    loop: ['for_statement', 'foreach_statement', 'while_statement', 'do_statement'],
    switch: ['switch_statement', 'match_expression'],
    case: ['case_statement', 'match_conditional_expression'],
    try: ['try_statement'],
    catch: ['catch_clause'],
    binary: ['binary_expression'],
    terminator: [
      'return_statement',
      'throw_expression',
      'break_statement',
      'continue_statement',
      'goto_statement',
      'exit_statement',
    ],
    block: ['compound_statement', 'program', 'case_statement', 'default_statement'],
    call: [
      'function_call_expression',
      'member_call_expression',
      'nullsafe_member_call_expression',
      'scoped_call_expression',
      'object_creation_expression',
    ],
    string: ['string', 'encapsed_string', 'heredoc', 'nowdoc'],
    number: ['integer', 'float'],
    constant: ['boolean', 'null'],
    identifier: ['name', 'variable_name'],
    import: [
      'namespace_use_declaration',
      'require_expression',
      'require_once_expression',
      'include_expression',
      'include_once_expression',
    ],
    parentheses: ['parenthesized_expression'],
    return: ['return_statement'],
    afterExit: [
      'function_definition',
      'class_declaration',
      'interface_declaration',
      'trait_declaration',
      'enum_declaration',
      'named_label_statement',
      'text_interpolation',
      'php_end_tag',
      'empty_statement',
    ],
    attribute: ['attribute_list'],
    wrapper: ['expression_statement'],
    leaf: ['comment', 'string', 'nowdoc'],
  },
  functions: {
    function_definition: 'function',
    method_declaration: 'method',
    anonymous_function: 'lambda',
    arrow_function: 'lambda',
  },
  headFields: ['condition', 'initialize', 'update', 'left', 'right', 'type', 'name'],
  logicalOperators: ['&&', '||', 'and', 'or'],
  sharesCases: true,
  comparedOperators: ['==', '===', '!=', '!==', '<', '>', '<=', '>=', '&&', '||', '-', '/', '%'],
  trustsErrors: 'unbalanced',
  docComment: /^\/\*\*(?!\/)/,
  functionName: (tree, node) => fieldText(tree, node, 'name'),
  functionKind: (tree, node, kind) =>
    kind === 'method' && fieldText(tree, node, 'name') === '__construct' ? 'constructor' : kind,
  functionBody: (tree, node) => fieldOf(tree, node, 'body'),
  parameters: (tree, node) => {
    const list = fieldOf(tree, node, 'parameters');
    return list === null ? [] : partsOf(tree, list);
  },
  // A promoted parameter is a property.
  parameterName: (tree, parameter) =>
    kindOf(tree, parameter) === 'property_promotion_parameter' ? null : fieldText(tree, parameter, 'name'),
  isExported: (tree, node) => !/\b(?:private|protected)\b/.test(modifiers(tree, node)),
  isOverride: (tree, node) => /#\[\s*\\?Override\b/.test(modifiers(tree, node)),
  isDeclaration: (tree, node, statements) =>
    statements.length === 0 &&
    kindOf(tree, node) === 'method_declaration' &&
    /^(?:__construct|__clone|__wakeup)$/.test(fieldText(tree, node, 'name') ?? ''),
  notImplemented:
    /^throw new \\?(?:\w+\\)*(?:NotImplemented\w*\(|\w*(?:Exception|Error)\(\s*["'][^"']*\b(?:not (?:yet )?implemented|todo\b))/i,
  constantText: /^(?:-\d[\d.]*|\[\]|array\(\))$/,
  callee,
  print: /^(?:var_dump|print_r|var_export|debug_zval_refcount|error_log)$/,
  debugger: /^(?:dd|dump|xdebug_break|ray)$/,
  testBranch:
    /\brunningUnitTests\(\)|\bdefined\(\s{0,3}['"](?:PHPUNIT_[A-Z_]{3,40}|__PHPUNIT_PHAR__)['"]|\benvironment\(\s{0,3}['"]testing['"]\s{0,3}\)/g,
  sleep: /^(?:sleep|usleep|time_nanosleep)$/,
  shell: /^(?:exec|shell_exec|system|passthru|popen|proc_open|pcntl_exec)$/,
  eval: /^(?:eval|create_function)$/,
  logic: phpLogic,
  slow: phpSlow,
  types: phpHints,
  suppressions: [
    {
      tool: 'phpstan',
      pattern: /^@phpstan-ignore(?:-next-line|-line)?\b\s*(?<checks>[\w.]+(?:\s*,\s*[\w.]+)*)?(?<reason>.*)$/,
    },
    { tool: 'psalm', pattern: /^@psalm-suppress\s+(?<checks>\w+)(?<reason>.*)$/ },
    {
      tool: 'phpcs',
      pattern:
        /^(?:phpcs:ignore|phpcs:disable|@codingStandardsIgnore\w+)\b\s*(?<checks>[\w.]+(?:\s*,\s*[\w.]+)*)?(?<reason>.*)$/,
    },
    { tool: 'coverage', pattern: /^@codeCoverageIgnore(?<checks>Start)?\b(?<reason>.*)$/ },
  ],
  catches,
  imports,
  declaredPackage: (tree) => {
    const clause = descendantOfKind(tree, 0, 'namespace_definition');
    return clause === null ? null : fieldText(tree, clause, 'name');
  },
  testImports: [
    [/^PHPUnit\\/, 'phpunit'],
    [/^Pest\\|^function Pest\\/, 'pest'],
  ],
  tests,
  assertionCall:
    /(?:^|\.)(?:assert|expect|should|must|verif|ensure|check|fail|refute|compare|confirm|validate|see|dontSee|addToAssertionCount)\w*$/i,
  testSmells: phpSmells,
  helperAssertion: /(?:^|\.)(?:assert\w+|fail|expectException\w*)$/,
  security: phpSecurity,
};
