import {
  ancestorWithRole,
  type CodeTree,
  childOfKind,
  childrenOf,
  fieldOf,
  fieldText,
  hasRole,
  kindOf,
  parentOf,
  partsOf,
  textOf,
} from '../code/code-tree';
import { ecmaCatches, ecmaImports } from './ecma-clauses';
import { ecmaTestImports, ecmaTests, emptyPromiseCatches, isEcmaSleep } from './ecma-tests';
import { ecmaLogic } from './logic/ecma';
import { ecmaSecurity } from './security/ecma';
import { ecmaSlow } from './slow/ecma';
import { ecmaSmells } from './test-smells';
import type { FunctionKind, LanguageTable, NodeIndex } from './types';

const NAMED_BY_PARENT: Readonly<Record<string, string>> = {
  variable_declarator: 'name',
  assignment_expression: 'left',
  pair: 'key',
  public_field_definition: 'name',
  field_definition: 'property',
};

function functionName(tree: CodeTree, node: NodeIndex): string | null {
  const own = fieldText(tree, node, 'name');
  if (own !== null) return own;
  const parent = parentOf(tree, node);
  const field = NAMED_BY_PARENT[kindOf(tree, parent)];
  if (!field) return null;
  const target = fieldOf(tree, parent, field);
  if (target === null || target === node) return null;
  if (kindOf(tree, target) === 'member_expression') return fieldText(tree, target, 'property');
  return /^["'\w$#]/.test(textOf(tree, target, 1)) ? textOf(tree, target, 80).replace(/^["']|["']$/g, '') : null;
}

function functionKind(tree: CodeTree, node: NodeIndex, kind: FunctionKind): FunctionKind {
  if (kind === 'method') {
    if (childrenOf(tree, node).some((child) => ['get', 'set'].includes(kindOf(tree, child)))) return 'accessor';
    return fieldText(tree, node, 'name') === 'constructor' ? 'constructor' : 'method';
  }
  if (kind !== 'lambda') return kind;
  const parent = parentOf(tree, node);
  const parentKind = kindOf(tree, parent);
  if (parentKind === 'variable_declarator') return 'function';
  return parentKind === 'public_field_definition' || parentKind === 'field_definition' ? 'method' : 'lambda';
}

function parameters(tree: CodeTree, node: NodeIndex): NodeIndex[] {
  const single = fieldOf(tree, node, 'parameter');
  if (single !== null) return [single];
  const list = fieldOf(tree, node, 'parameters');
  if (list === null) return [];
  return partsOf(tree, list).filter((part) => {
    const pattern = fieldOf(tree, part, 'pattern');
    return kindOf(tree, part) !== 'decorator' && (pattern === null || kindOf(tree, pattern) !== 'this');
  });
}

function parameterName(tree: CodeTree, parameter: NodeIndex): string | null {
  if (childOfKind(tree, parameter, 'accessibility_modifier', 'override_modifier', 'readonly') !== null) return null;
  let target = fieldOf(tree, parameter, 'pattern') ?? fieldOf(tree, parameter, 'left') ?? parameter;
  if (kindOf(tree, target) === 'rest_pattern') target = partsOf(tree, target)[0] ?? target;
  return kindOf(tree, target) === 'identifier' ? textOf(tree, target) : null;
}

function isExported(tree: CodeTree, node: NodeIndex): boolean {
  const owner = ancestorWithRole(tree, node, 'class');
  if (owner !== null) {
    const modifier = childOfKind(tree, node, 'accessibility_modifier');
    const name = fieldText(tree, node, 'name') ?? '';
    if ((modifier !== null && textOf(tree, modifier) !== 'public') || name.startsWith('#')) return false;
  }
  for (let up = parentOf(tree, owner ?? node); up >= 0; up = parentOf(tree, up)) {
    const kind = kindOf(tree, up);
    if (kind === 'export_statement') return true;
    if (hasRole(tree, up, 'function') || hasRole(tree, up, 'block')) return false;
    if (kind === 'assignment_expression') {
      return /^(?:module\.)?exports\b/.test(fieldText(tree, up, 'left') ?? '');
    }
  }
  return false;
}

/** What TypeScript, TSX and JavaScript share. */
export const ecma = {
  roles: {
    comment: ['comment'],
    class: ['class_declaration', 'class', 'abstract_class_declaration', 'interface_declaration'],
    if: ['if_statement'],
    else: ['else_clause'],
    ternary: ['ternary_expression'],
    loop: ['for_statement', 'for_in_statement', 'while_statement', 'do_statement'],
    switch: ['switch_statement'],
    case: ['switch_case'],
    try: ['try_statement'],
    catch: ['catch_clause'],
    binary: ['binary_expression'],
    terminator: ['return_statement', 'throw_statement', 'break_statement', 'continue_statement'],
    block: ['statement_block', 'program', 'switch_case', 'switch_default'],
    call: ['call_expression', 'new_expression'],
    string: ['string', 'template_string', 'regex'],
    number: ['number'],
    constant: ['true', 'false', 'null', 'undefined'],
    identifier: [
      'identifier',
      'property_identifier',
      'type_identifier',
      'shorthand_property_identifier',
      'shorthand_property_identifier_pattern',
      'private_property_identifier',
      'statement_identifier',
      'jsx_identifier',
    ],
    import: ['import_statement', 'export_statement', 'call_expression'],
    parentheses: ['parenthesized_expression'],
    return: ['return_statement'],
    afterExit: [
      'function_declaration',
      'generator_function_declaration',
      'function_signature',
      'class_declaration',
      'abstract_class_declaration',
      'interface_declaration',
      'type_alias_declaration',
      'enum_declaration',
      'internal_module',
      'ambient_declaration',
      'empty_statement',
      'labeled_statement',
    ],
    attribute: ['decorator'],
    wrapper: [
      'export_statement',
      'lexical_declaration',
      'variable_declaration',
      'variable_declarator',
      'expression_statement',
    ],
    leaf: ['string', 'regex', 'number', 'comment', 'predefined_type'],
  },
  functions: {
    function_declaration: 'function',
    generator_function_declaration: 'function',
    function_expression: 'lambda',
    generator_function: 'lambda',
    arrow_function: 'lambda',
    method_definition: 'method',
    function_signature: 'function',
    method_signature: 'method',
    abstract_method_signature: 'method',
  },
  headFields: ['condition', 'initializer', 'increment', 'left', 'right', 'value', 'parameter'],
  logicalOperators: ['&&', '||'],
  sharesCases: true,
  comparedOperators: ['==', '===', '!=', '!==', '<', '>', '<=', '>=', '&&', '||', '-', '/', '%'],
  trustsErrors: 'confirmed' as const,
  isKnownDialect: /@flow\b|<%|\{\{|^#!.*\bdeno\b/,
  docComment: /^\/\*\*(?!\/)/,
  functionName,
  functionKind,
  functionBody: (tree, node) => fieldOf(tree, node, 'body'),
  parameters,
  parameterName,
  isExported,
  isOverride: (tree, node) => childOfKind(tree, node, 'override_modifier') !== null,
  notImplemented:
    /^throw (?:new )?\w*Error\(\s*["'`][^"'`]*\b(?:not (?:yet )?implemented|unimplemented|todo\b|implement me)|^throw (?:new )?NotImplemented\w*\(/i,
  constantText: /^(?:void 0|undefined|-\d[\d.]*|\[\]|\{\}|Promise\.resolve\((?:true|false|null|undefined)?\))$/,
  debuggerKinds: ['debugger_statement'],
  print: /^console\.(?:log|debug|info|dir|table|trace)$/,
  testBranch:
    /\bprocess\.env(?:\.NODE_ENV|\[['"]NODE_ENV['"]\])\s{0,5}[!=]==?\s{0,5}['"]test(?:ing)?['"]|['"]test(?:ing)?['"]\s{0,5}[!=]==?\s{0,5}process\.env(?:\.NODE_ENV|\[['"]NODE_ENV['"]\])|\bprocess\.env\.(?:JEST_WORKER_ID|VITEST(?:_WORKER_ID)?|CYPRESS)\b|\bimport\.meta\.env\.MODE\s{0,5}[!=]==?\s{0,5}['"]test['"]|\btypeof\s{1,5}(?:jest|vitest|vi|jasmine)\s{0,5}[!=]==?\s{0,5}['"]undefined['"]|\bget\(['"]env['"]\)\s{0,5}[!=]==?\s{0,5}['"]test['"]/g,
  sleep: /^(?:(?:window|globalThis)\.)?(?:setTimeout|sleep|delay|wait|page\.waitForTimeout|cy\.wait)$/,
  isSleep: isEcmaSleep,
  shell: /^(?:(?:child_process|cp)\.)?exec(?:Sync)?$/,
  eval: /^(?:(?:window|globalThis|global)\.)?(?:eval|Function)$/,
  logic: ecmaLogic,
  slow: ecmaSlow,
  suppressions: [
    {
      tool: 'eslint',
      pattern: /^eslint-disable(?:-next-line|-line)?(?=\s|$)(?<checks>[^-]*(?:-(?!-)[^-]*)*)?(?<reason>--.*)?$/,
    },
    {
      tool: 'typescript',
      pattern: /^@ts-(?:ignore|expect-error|nocheck)\b:?(?<reason>.*)$/,
      isBlanketWithoutChecks: true,
    },
    { tool: 'biome', pattern: /^biome-ignore(?:-all|-start)?\s+(?<checks>[\w/]+)\s*(?::(?<reason>.*))?$/ },
    { tool: 'tslint', pattern: /^tslint:disable(?:-next-line|-line)?(?::(?<checks>.*))?$/ },
    { tool: 'istanbul', pattern: /^(?:istanbul|c8|v8) ignore (?<checks>next|if|else|file|start)\b(?<reason>.*)$/ },
  ],
  catches: ecmaCatches,
  ignoredErrors: emptyPromiseCatches,
  imports: ecmaImports,
  testImports: ecmaTestImports,
  tests: ecmaTests,
  assertionCall:
    /(?:^|\.)(?:expect|assert|should|verify|must|ensure|check|fail|raises|throws|rejects|doesNotThrow|doesNotReject|match|confirm|validate)(?:[A-Z_]\w*|\b)|^t\.(?:is|not|ok|true|false|truthy|falsy|equal|same|deepEqual|like|notOk|pass|strictEqual|snapshot)\b|^expectTypeOf|^sinon\.assert/i,
  // Chai's properties: `list.should.be.empty;`
  writtenAssertion: /\.should(?:\.[a-zA-Z]{1,20}){1,6}\s{0,3}(?:;|\n|$)/,
  // Queries of Cypress wait for the element, and fail where it does not come.
  impliedAssertion: /^cy\.(?:get|contains|find(?:All)?By\w*)$|^\.and$/,
  testSmells: ecmaSmells,
  helperAssertion:
    /^(?:expect|assert|should|chai\.expect)\b|^t\.(?:assert|equal|ok|is|not|true|false|truthy|falsy|deepEqual|notDeepEqual|like|throws|throwsAsync|notThrows|notThrowsAsync|regex|notRegex|snapshot|same|strictEqual|match|rejects)\b/,
  security: ecmaSecurity,
} satisfies Partial<LanguageTable>;
