import { chainText } from '../code/calls';
import {
  ancestorWithRole,
  type CodeTree,
  childOfKind,
  descendantOfKind,
  fieldOf,
  fieldText,
  kindOf,
  nodesWithRole,
  parentOf,
  partsOf,
  textOf,
} from '../code/code-tree';
import { csharpLogic } from './logic/csharp';
import { csharpSecurity } from './security/csharp';
import { firstString, modifierText } from './shared';
import { csharpSlow } from './slow/csharp';
import { csharpSmells } from './test-smells';
import type { CatchClause, ImportRow, LanguageTable, NodeIndex, TestCase } from './types';

const TEST =
  /\[\s*(?:\w+\.)*(?:Test|TestCase|TestCaseSource|Fact|Theory|TestMethod|DataTestMethod|Property|SkippableFact|SkippableTheory)(?:Attribute)?\s*[(\],]/;
const SKIP = /\[\s*(?:Ignore|Explicit)\b[^\]]*\]|\bSkip\s*=\s*(?:\$?@?"[^"]*"|\w+)|\bIgnore\s*=\s*"[^"]*"/;

const attributes = (tree: CodeTree, node: NodeIndex): string => modifierText(tree, node, 'attribute_list');
const modifiers = (tree: CodeTree, node: NodeIndex): string => modifierText(tree, node, 'modifier');

function tests(tree: CodeTree, framework: string | null): TestCase[] {
  const found: TestCase[] = [];
  for (const node of nodesWithRole(tree, 'function')) {
    if (kindOf(tree, node) !== 'method_declaration') continue;
    const marks = attributes(tree, node);
    if (!TEST.test(marks)) continue;
    const owner = ancestorWithRole(tree, node, 'class');
    const skip =
      SKIP.exec(marks) ?? (owner === null ? null : /\[\s*(?:Ignore|Explicit)\b[^\]]*\]/.exec(attributes(tree, owner)));
    const body = fieldOf(tree, node, 'body');
    const name = fieldText(tree, node, 'name') ?? '';
    found.push({
      node,
      name: owner === null ? name : `${fieldText(tree, owner, 'name') ?? ''}.${name}`,
      framework: framework ?? (/Fact|Theory/.test(marks) ? 'xunit' : /TestMethod/.test(marks) ? 'mstest' : 'nunit'),
      isSkipped: skip !== null,
      skipReason: skip === null ? null : firstString(skip[0]),
      isFocused: false,
      body,
      declaredAssertions: /ExpectedException|ExpectedResult\s*=/.test(marks) ? 1 : 0,
    });
  }
  return found;
}

function catches(tree: CodeTree, node: NodeIndex): CatchClause {
  const declaration = childOfKind(tree, node, 'catch_declaration');
  const type = declaration === null ? null : fieldText(tree, declaration, 'type');
  const isFiltered = childOfKind(tree, node, 'catch_filter_clause') !== null;
  return {
    node,
    body: fieldOf(tree, node, 'body'),
    isBroad: !isFiltered && (type === null || /^(?:System\.)?Exception$/.test(type)),
  };
}

function imports(tree: CodeTree, node: NodeIndex): ImportRow[] {
  const target = partsOf(tree, node).at(-1);
  return target === undefined ? [] : [{ node, specifier: textOf(tree, target, 200), isTypeOnly: false }];
}

export const csharp: LanguageTable = {
  id: 'csharp',
  wasm: 'tree-sitter-c-sharp/tree-sitter-c_sharp.wasm',
  extensions: ['cs', 'csx'],
  roles: {
    comment: ['comment'],
    class: [
      'class_declaration',
      'interface_declaration',
      'struct_declaration',
      'record_declaration',
      'enum_declaration',
    ],
    if: ['if_statement'],
    ternary: ['conditional_expression'],
    loop: ['for_statement', 'foreach_statement', 'while_statement', 'do_statement'],
    switch: ['switch_statement', 'switch_expression'],
    case: ['switch_section', 'switch_expression_arm'],
    try: ['try_statement'],
    catch: ['catch_clause'],
    binary: ['binary_expression'],
    terminator: ['return_statement', 'throw_statement', 'break_statement', 'continue_statement', 'goto_statement'],
    block: ['block', 'switch_section'],
    call: ['invocation_expression', 'object_creation_expression'],
    string: [
      'string_literal',
      'verbatim_string_literal',
      'raw_string_literal',
      'interpolated_string_expression',
      'character_literal',
    ],
    number: ['integer_literal', 'real_literal'],
    constant: ['boolean_literal', 'null_literal'],
    identifier: ['identifier'],
    import: ['using_directive'],
    parentheses: ['parenthesized_expression'],
    return: ['return_statement', 'arrow_expression_clause'],
    afterExit: ['local_function_statement', 'labeled_statement', 'switch_section'],
    attribute: ['attribute_list', 'preproc_pragma'],
    wrapper: ['expression_statement'],
    leaf: ['comment', 'string_literal', 'verbatim_string_literal', 'raw_string_literal', 'character_literal'],
  },
  functions: {
    method_declaration: 'method',
    constructor_declaration: 'constructor',
    destructor_declaration: 'method',
    operator_declaration: 'method',
    local_function_statement: 'function',
    accessor_declaration: 'accessor',
    lambda_expression: 'lambda',
    anonymous_method_expression: 'lambda',
  },
  headFields: ['condition', 'initializer', 'update', 'left', 'right', 'type', 'value'],
  logicalOperators: ['&&', '||'],
  comparedOperators: ['==', '!=', '<', '>', '<=', '>=', '&&', '||', '-', '/', '%'],
  trustsErrors: 'unbalanced',
  isKnownDialect: /^\s*#(?:if|else|elif)\b/m,
  docComment: /^(?:\/\/\/(?!\/)|\/\*\*(?!\/))/,
  functionName: (tree, node) => {
    const name = fieldText(tree, node, 'name');
    if (kindOf(tree, node) !== 'accessor_declaration') return name;
    const property = parentOf(tree, parentOf(tree, node));
    return fieldText(tree, property, 'name') ?? name;
  },
  functionBody: (tree, node) => fieldOf(tree, node, 'body'),
  parameters: (tree, node) => {
    const list = fieldOf(tree, node, 'parameters');
    if (list === null) return [];
    if (kindOf(tree, list) !== 'parameter_list') return [list];
    const listed = partsOf(tree, list).filter((part) => kindOf(tree, part) === 'parameter');
    const rest = fieldOf(tree, list, 'name');
    return rest === null ? listed : [...listed, rest];
  },
  parameterName: (tree, parameter) =>
    fieldText(tree, parameter, 'name') ?? (kindOf(tree, parameter) === 'identifier' ? textOf(tree, parameter) : null),
  isExported: (tree, node) =>
    /\b(?:public|protected)\b/.test(modifiers(tree, node)) ||
    /interface/.test(kindOf(tree, ancestorWithRole(tree, node, 'class') ?? 0)),
  isTypeExported: (tree, type) => /\b(?:public|protected)\b/.test(modifiers(tree, type)),
  isOverride: (tree, node) =>
    /\boverride\b/.test(modifiers(tree, node)) || childOfKind(tree, node, 'explicit_interface_specifier') !== null,
  isDeclaration: (tree, node, statements) =>
    statements.length === 0 &&
    (/\bvirtual\b/.test(modifiers(tree, node)) || childOfKind(tree, node, 'constructor_initializer') !== null),
  notImplemented:
    /^throw new (?:System\.)?NotImplementedException\b|^throw new \w*Exception\(\s*\$?"[^"]*\b(?:not (?:yet )?implemented|todo\b)/i,
  constantText:
    /^(?:-\d[\d.]*|default|string\.Empty|Task\.CompletedTask|Task\.FromResult\((?:true|false|null)\)|Array\.Empty<\w+>\(\))$/,
  callee: (tree, call) => {
    if (kindOf(tree, call) === 'object_creation_expression') return fieldText(tree, call, 'type');
    const target = fieldOf(tree, call, 'function');
    return target === null ? null : chainText(tree, target).replace(/\?\./g, '.');
  },
  print: /^(?:System\.)?(?:Console\.Write(?:Line)?|(?:Diagnostics\.)?Debug\.(?:Write(?:Line)?|Print))$/,
  debugger: /^(?:System\.Diagnostics\.)?Debugger\.(?:Break|Launch)$/,
  sleep: /^(?:(?:System\.Threading\.)?Thread\.Sleep|Task\.Delay)$/,
  shell: /^(?:System\.Diagnostics\.)?Process\.Start$/,
  isDangerous: (tree, call) => {
    const list = fieldText(tree, call, 'arguments') ?? '';
    return /^\(\s*\$?@?"(?:\/bin\/(?:ba)?sh|cmd(?:\.exe)?|powershell(?:\.exe)?|(?:ba)?sh)"\s*,\s*(?!@?"[^"]*"\s*\)|new\b)/.test(
      list,
    );
  },
  logic: csharpLogic,
  slow: csharpSlow,
  suppressions: [
    {
      tool: 'csharp',
      pattern:
        /^\[\s*(?:\w+\.)*SuppressMessage(?:Attribute)?\(\s*"[^"]*"\s*,\s*"(?<checks>[^"]*)"(?:.*Justification\s*=\s*(?<reason>"[^"]*"))?/,
      inAttribute: true,
    },
    {
      tool: 'csharp',
      pattern: /^#\s?pragma warning disable\b(?<checks>[\w, ]{0,200})(?:\/\/(?<reason>.*))?$/,
      inAttribute: true,
    },
    { tool: 'resharper', pattern: /^ReSharper disable(?:\s+once)?(?:\s+(?<checks>\w+(?:\s*,\s*\w+)*))?(?<reason>.*)$/ },
    { tool: 'sonar', pattern: /^NOSONAR\b(?<reason>.*)$/ },
  ],
  catches,
  imports,
  declaredPackage: (tree) => {
    const clause = descendantOfKind(tree, 0, 'file_scoped_namespace_declaration', 'namespace_declaration');
    return clause === null ? null : fieldText(tree, clause, 'name');
  },
  testImports: [
    [/^NUnit\b/, 'nunit'],
    [/^Xunit\b/i, 'xunit'],
    [/^Microsoft\.VisualStudio\.TestTools\b/, 'mstest'],
  ],
  tests,
  assertionCall:
    /(?:^|\.)(?:\w*Assert\w*|Should\w*|Expect\w*|Verif\w*|Received\w*|DidNotReceive\w*|MustHave\w*|Must\w*|Check\w*|Fail\w*|Ensure\w*|Throws\w*|Compare\w*|Validate\w*|Confirm\w*|AreEqual|That)(?:\.\w+|<[^>]*>)*$/i,
  testSmells: csharpSmells,
  helperAssertion: /(?:^|\.)\w*Assert\w*\.\w+$|\.Should\w*$|\.Verify\w*$/,
  security: csharpSecurity,
};
