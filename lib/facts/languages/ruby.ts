import { chainText } from '../code/calls';
import {
  ancestorWithRole,
  type CodeTree,
  childOfKind,
  fieldOf,
  fieldText,
  hasRole,
  isNamed,
  kindOf,
  nodesWithRole,
  parentOf,
  partsOf,
  previousOf,
  textOf,
} from '../code/code-tree';
import { rubyLogic } from './logic/ruby';
import { rubySecurity } from './security/ruby';
import { firstString, unquote } from './shared';
import { rubySlow } from './slow/scripts';
import { rubySmells } from './test-smells';
import type { CatchClause, IgnoredError, ImportRow, LanguageTable, NodeIndex, TestCase } from './types';

function callee(tree: CodeTree, call: NodeIndex): string | null {
  const method = fieldText(tree, call, 'method');
  const receiver = fieldOf(tree, call, 'receiver');
  if (method === null) return null;
  return receiver === null ? method : `${chainText(tree, receiver)}.${method}`;
}

const EXAMPLE = /^(?:[xf]?(?:it|specify|example|scenario)|pending|test|should)$/;
const GROUP = /^(?:RSpec\.)?[xf]?(?:describe|context|feature)$/;

/** RSpec and minitest blocks, `test_…` methods of a test class. */
function tests(tree: CodeTree, framework: string | null): TestCase[] {
  const found: TestCase[] = [];
  for (const call of nodesWithRole(tree, 'call')) {
    const method = fieldOf(tree, call, 'receiver') === null ? (fieldText(tree, call, 'method') ?? '') : '';
    if (!EXAMPLE.test(method)) continue;
    const block = fieldOf(tree, call, 'block');
    const list = fieldOf(tree, call, 'arguments');
    const [title] = list === null ? [] : partsOf(tree, list);
    const isTitled = title !== undefined && hasRole(tree, title, 'string');
    if ((method === 'test' || method === 'should' || method === 'pending') && (!isTitled || block === null)) continue;
    if (block === null && !isTitled) continue;
    const options = list === null ? '' : textOf(tree, list, 300);
    const groups = groupsAround(tree, call);
    const skip = /\b(?:skip|pending)(?::|\s*=>)\s*(true|["'][^"']*["'])/.exec(options);
    const body = block === null ? null : (fieldOf(tree, block, 'body') ?? block);
    const first = body === null ? undefined : partsOf(tree, body)[0];
    const call1 = first === undefined ? '' : textOf(tree, first, 200);
    const isSkippedInside = /^(?:skip|pending)\b(?!.*\b(?:if|unless)\b)/.test(call1);
    const isPending = block === null;
    found.push({
      node: call,
      isTitleFree: !isTitled,
      name: isTitled ? unquote(textOf(tree, title, 200)) : method,
      framework: framework ?? 'rspec',
      isSkipped:
        isPending ||
        method.startsWith('x') ||
        method === 'pending' ||
        skip !== null ||
        isSkippedInside ||
        groups.some((group) => /(?:^|\.)x/.test(group)),
      skipReason: isPending ? 'pending' : (firstString(skip?.[1] ?? '') ?? (isSkippedInside ? reasonOf(call1) : null)),
      isFocused:
        /^f/.test(method) ||
        /(?:[,(]|^)\s*(?::focus\b|focus:\s*true)/.test(options) ||
        groups.some((group) => /(?:^|\.)f(?:describe|context)/.test(group)),
      body,
      declaredAssertions: isPending ? 1 : 0,
    });
  }
  for (const node of nodesWithRole(tree, 'function')) {
    const name = kindOf(tree, node) === 'method' ? (fieldText(tree, node, 'name') ?? '') : '';
    const owner = /^test_/.test(name) ? ancestorWithRole(tree, node, 'class') : null;
    const base = owner === null ? null : fieldText(tree, owner, 'superclass');
    if (owner === null || base === null || !/Test|Spec/.test(base)) continue;
    const body = fieldOf(tree, node, 'body') ?? node;
    const first = partsOf(tree, body)[0];
    const text = first === undefined ? '' : textOf(tree, first, 200);
    const isSkipped = /^skip\b(?!.*\b(?:if|unless)\b)/.test(text);
    found.push({
      node,
      name: `${fieldText(tree, owner, 'name') ?? ''}.${name}`,
      framework: framework ?? 'minitest',
      isSkipped,
      skipReason: isSkipped ? reasonOf(text) : null,
      isFocused: false,
      body: body === node ? null : body,
      isBare: kindOf(tree, node) === 'method' && fieldOf(tree, node, 'body') === null,
      declaredAssertions: 0,
    });
  }
  return found;
}

/** `skip 'reason'`, and a reason of several lines: `skip <<-EOS`. */
const reasonOf = (call: string): string | null =>
  firstString(call) ?? (/^(?:skip|pending)[ (]+<<[~-]?["']?\w/.test(call) ? 'told in a text below' : null);

function groupsAround(tree: CodeTree, node: NodeIndex): string[] {
  const groups: string[] = [];
  let up = parentOf(tree, node);
  for (let step = 0; up >= 0 && step < 100; step++, up = parentOf(tree, up)) {
    if (kindOf(tree, up) !== 'call') continue;
    const name = callee(tree, up) ?? '';
    if (GROUP.test(name)) groups.push(name);
  }
  return groups;
}

function catches(tree: CodeTree, node: NodeIndex): CatchClause | null {
  if (kindOf(tree, node) !== 'rescue') return null;
  const exceptions = fieldOf(tree, node, 'exceptions');
  const isBroad = exceptions === null || /\b(?:StandardError|Exception)\b/.test(textOf(tree, exceptions, 200));
  return { node, body: fieldOf(tree, node, 'body'), isBroad };
}

function ignoredErrors(tree: CodeTree): IgnoredError[] {
  return nodesWithRole(tree, 'ternary')
    .filter((node) => kindOf(tree, node) === 'rescue_modifier' && fieldText(tree, node, 'handler') === 'nil')
    .map((node) => ({ node, form: 'ignored-result' as const, isBroad: true }));
}

function imports(tree: CodeTree, node: NodeIndex): ImportRow[] {
  const method = fieldOf(tree, node, 'receiver') === null ? fieldText(tree, node, 'method') : null;
  const list = fieldOf(tree, node, 'arguments');
  const [target] = list === null ? [] : partsOf(tree, list);
  if (
    !/^(?:require|require_relative|load)$/.test(method ?? '') ||
    target === undefined ||
    kindOf(tree, target) !== 'string'
  )
    return [];
  const path = unquote(textOf(tree, target, 200));
  return [
    { node, specifier: method === 'require_relative' && !path.startsWith('.') ? `./${path}` : path, isTypeOnly: false },
  ];
}

/** Below a bare `private`, or its argument: `private def …`. Methods of the class itself are not touched by it. */
function isHidden(tree: CodeTree, node: NodeIndex): boolean {
  if (kindOf(tree, node) !== 'method') return false;
  const parent = parentOf(tree, node);
  if (parent >= 0 && kindOf(tree, parent) === 'argument_list') {
    return /^(?:private|protected)\b/.test(textOf(tree, parentOf(tree, parent), 12));
  }
  for (let sibling = previousOf(tree, node); sibling >= 0; sibling = previousOf(tree, sibling)) {
    const word = kindOf(tree, sibling) === 'identifier' ? textOf(tree, sibling, 12) : '';
    if (word === 'public') return false;
    if (word === 'private' || word === 'protected') return true;
  }
  return false;
}

export const ruby: LanguageTable = {
  id: 'ruby',
  wasm: 'tree-sitter-ruby/tree-sitter-ruby.wasm',
  extensions: ['rb', 'rake', 'gemspec', 'ru', 'podspec'],
  fileNames: ['Rakefile', 'Gemfile', 'Capfile', 'Guardfile', 'Vagrantfile', 'Podfile', 'Fastfile'],
  interpreters: ['ruby', 'jruby'],
  roles: {
    comment: ['comment'],
    class: ['class', 'module', 'singleton_class'],
    if: ['if', 'unless', 'if_modifier', 'unless_modifier'],
    else: ['else'],
    elseIf: ['elsif'],
    ternary: ['conditional', 'rescue_modifier'],
    loop: ['while', 'until', 'for', 'while_modifier', 'until_modifier'],
    switch: ['case', 'case_match'],
    case: ['when', 'in_clause'],
    try: ['begin'],
    catch: ['rescue'],
    binary: ['binary'],
    terminator: ['return', 'break', 'next', 'redo', 'retry'],
    block: ['body_statement', 'block_body', 'then', 'do', 'program', 'begin'],
    call: ['call'],
    string: ['string', 'heredoc_body', 'simple_symbol', 'delimited_symbol', 'chained_string', 'regex', 'character'],
    number: ['integer', 'float', 'rational', 'complex'],
    constant: ['true', 'false', 'nil'],
    identifier: ['identifier', 'constant', 'instance_variable', 'class_variable', 'global_variable', 'hash_key_symbol'],
    import: ['call'],
    parentheses: ['parenthesized_statements'],
    return: ['return'],
    afterExit: [
      'method',
      'singleton_method',
      'class',
      'module',
      'rescue',
      'else',
      'ensure',
      'heredoc_body',
      'empty_statement',
    ],
    leaf: ['comment', 'simple_symbol'],
  },
  functions: { method: 'method', singleton_method: 'method', lambda: 'lambda' },
  headFields: ['condition', 'value', 'pattern'],
  logicalOperators: ['&&', '||', 'and', 'or'],
  comparedOperators: ['==', '!=', '<', '>', '<=', '>=', '&&', '||', '-', '/', '%'],
  trustsErrors: 'unbalanced',
  isKnownDialect: /<%/,
  docComment: /^$/,
  isAnyCommentDoc: true,
  hasImplicitReturn: true,
  functionName: (tree, node) => fieldText(tree, node, 'name'),
  functionKind: (tree, node, kind) => {
    if (kind === 'lambda') return kind;
    if (fieldText(tree, node, 'name') === 'initialize') return 'constructor';
    return ancestorWithRole(tree, node, 'class') === null ? 'function' : 'method';
  },
  // A method without statements has no body node at all.
  functionBody: (tree, node) => fieldOf(tree, node, 'body') ?? node,
  statements: (tree, body) => (/^(?:singleton_)?method$/.test(kindOf(tree, body)) ? [] : null),
  isBlockBody: (tree, body) => /^(?:method|singleton_method|lambda|block|do_block)$/.test(kindOf(tree, body)),
  isDeclaration: (tree, node, statements) => {
    const body = fieldOf(tree, node, 'body');
    const text = body === null ? '' : textOf(tree, body, 300);
    // Raising NotImplementedError is Ruby's way to declare an abstract method.
    return (
      statements.length > 0 &&
      body !== null &&
      /^raise\s*\(?\s*(?:::)?NotImplementedError\b/.test(text) &&
      ancestorWithRole(tree, node, 'class') !== null
    );
  },
  parameters: (tree, node) => {
    const list = fieldOf(tree, node, 'parameters');
    return list === null ? [] : partsOf(tree, list);
  },
  parameterName: (tree, parameter) => {
    // Keyword and block parameters are part of the call's form.
    if (
      /^(?:keyword_parameter|hash_splat_parameter|block_parameter|splat_parameter|forward_parameter)$/.test(
        kindOf(tree, parameter),
      )
    )
      return null;
    return (
      fieldText(tree, parameter, 'name') ?? (kindOf(tree, parameter) === 'identifier' ? textOf(tree, parameter) : null)
    );
  },
  isExported: (tree, node, name) => !name.startsWith('_') && !isHidden(tree, node),
  notImplemented: /^raise\s*\(?\s*(?:NotImplementedError\b|["'][^"']*\b(?:not (?:yet )?implemented|todo\b))/i,
  constantText: /^(?:-\d[\d.]*|\[\]|\{\}|"[^"#]*"|'[^']*')$/,
  callee,
  print: /^(?:puts|p|pp|print)$/,
  debugger: /^(?:binding\.(?:pry|irb|break)|byebug|debugger)$/,
  isDebuggerName: (tree, node) =>
    /^(?:body_statement|program|then|else|block_body|do_block)$/.test(kindOf(tree, parentOf(tree, node))) &&
    /^(?:byebug|debugger)$/.test(textOf(tree, node, 20)),
  testBranch:
    /\bRails\.env\.test\?|\bENV(?:\.fetch\(|\[)['"](?:RAILS_ENV|RACK_ENV|APP_ENV)['"][^\n]{0,20}[)\]]\s{0,3}[!=]=\s{0,3}['"]test['"]|\bdefined\?[ (]\s{0,3}(?:RSpec|Minitest|Test::Unit)\b/g,
  sleep: /^(?:Kernel\.)?sleep$/,
  shell: /^(?:Kernel\.)?(?:system|exec|spawn|`)$|^(?:IO\.popen|Open3\.\w+)$/,
  eval: /^(?:Kernel\.)?eval$|^(?:\w+\.)?instance_eval$/,
  isDangerous: (tree, call, name, form) => {
    const list = fieldOf(tree, call, 'arguments');
    const parts = list === null ? [] : partsOf(tree, list);
    if (form === 'eval') return /eval$/.test(name) && fieldOf(tree, call, 'block') === null && parts.length > 0;
    // The number of a process is no text.
    if (/^"[^"#]*#\{[\w.@]*\bpid\}[^"#]*"$/.test(textOf(tree, parts[0] ?? call, 200))) return false;
    // With more than one argument no shell is started.
    return parts.length === 1 && parts[0] !== undefined && !/splat|array/.test(kindOf(tree, parts[0]));
  },
  logic: rubyLogic,
  slow: rubySlow,
  suppressions: [
    { tool: 'rubocop', pattern: /^rubocop:(?:disable|todo)\s+(?<checks>[\w/]+(?:\s*,\s*[\w/]+)*)(?<reason>.*)$/ },
    { tool: 'coverage', pattern: /^:(?<checks>nocov):(?<reason>.*)$/ },
    { tool: 'reek', pattern: /^:reek:(?<checks>\w+)(?<reason>.*)$/ },
  ],
  catches,
  ignoredErrors,
  imports,
  isConditionalExit: (tree, node) => !isNamed(tree, node) || childOfKind(tree, node, 'if_modifier') !== null,
  testImports: [
    [/^(?:rspec|spec_helper|rails_helper)\b/, 'rspec'],
    [/^\.?\/?(?:.*\/)?(?:spec_helper|rails_helper)$/, 'rspec'],
    [/^minitest\b/, 'minitest'],
    [/^\.?\/?(?:.*\/)?test_helper$/, 'minitest'],
    [/^test\/unit\b/, 'test-unit'],
  ],
  tests,
  // A method of its own that is called without arguments reads like a name.
  writtenAssertion: /^[ \t]{0,40}(?:assert|refute)_\w{1,80}[ \t]{0,10}$/m,
  assertionCall:
    /(?:^|\.)(?:expect|should|assert|refute|must|wont|is_expected|verify|ensure|check|fail|flunk|raise_error|have_|pass\b|compare|confirm|validate)\w*[!?]?$/,
  testSmells: rubySmells,
  helperAssertion: /(?:^|\.)(?:expect|assert\w*|refute\w*|should)$/,
  security: rubySecurity,
};
