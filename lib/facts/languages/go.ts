import {
  type CodeTree,
  childOfKind,
  childrenOf,
  descendantOfKind,
  descendantsOfKind,
  fieldOf,
  fieldText,
  kindOf,
  lineOf,
  parentOf,
  partsOf,
  textOf,
} from '../code/code-tree';
import { goIgnoredErrors } from './go-clauses';
import { goTests } from './go-tests';
import { goLogic } from './logic/go';
import { goSecurity } from './security/go';
import { unquote } from './shared';
import { goSlow } from './slow/go';
import { goSmells } from './test-smells';
import type { ImportRow, LanguageTable, NodeIndex } from './types';

function parameters(tree: CodeTree, node: NodeIndex): NodeIndex[] {
  const list = fieldOf(tree, node, 'parameters');
  if (list === null) return [];
  return partsOf(tree, list).flatMap((declaration) => {
    const names = childrenOf(tree, declaration).filter((child) => kindOf(tree, child) === 'identifier');
    return names.length > 0 ? names : [declaration];
  });
}

function imports(tree: CodeTree, node: NodeIndex): ImportRow[] {
  return descendantsOfKind(tree, node, 'import_spec').map((spec) => ({
    node: spec,
    specifier: unquote(fieldText(tree, spec, 'path') ?? ''),
    isTypeOnly: false,
  }));
}

function container(tree: CodeTree, node: NodeIndex): string | null {
  const receiver = fieldOf(tree, node, 'receiver');
  const type = receiver === null ? null : descendantOfKind(tree, receiver, 'type_identifier');
  return type === null ? null : textOf(tree, type);
}

export const go: LanguageTable = {
  id: 'go',
  wasm: 'tree-sitter-go/tree-sitter-go.wasm',
  extensions: ['go'],
  roles: {
    comment: ['comment'],
    class: ['interface_type'],
    if: ['if_statement'],
    loop: ['for_statement'],
    switch: ['expression_switch_statement', 'type_switch_statement', 'select_statement'],
    case: ['expression_case', 'type_case', 'communication_case'],
    binary: ['binary_expression'],
    terminator: ['return_statement', 'break_statement', 'continue_statement', 'goto_statement'],
    block: ['statement_list'],
    call: ['call_expression'],
    string: ['interpreted_string_literal', 'raw_string_literal', 'rune_literal'],
    number: ['int_literal', 'float_literal', 'imaginary_literal'],
    constant: ['true', 'false', 'nil', 'iota'],
    identifier: [
      'identifier',
      'field_identifier',
      'type_identifier',
      'package_identifier',
      'label_name',
      'blank_identifier',
    ],
    import: ['import_declaration'],
    parentheses: ['parenthesized_expression'],
    return: ['return_statement'],
    afterExit: ['labeled_statement', 'empty_statement'],
    wrapper: ['expression_statement'],
    leaf: ['interpreted_string_literal', 'raw_string_literal', 'rune_literal', 'comment'],
  },
  functions: {
    function_declaration: 'function',
    method_declaration: 'method',
    func_literal: 'lambda',
    method_elem: 'method',
  },
  headFields: ['condition', 'initializer', 'value', 'alias'],
  headKinds: ['for_clause', 'range_clause'],
  logicalOperators: ['&&', '||'],
  comparedOperators: ['==', '!=', '<', '>', '<=', '>=', '&&', '||', '-', '/', '%'],
  trustsErrors: 'always',
  docComment: /^$/,
  isAnyCommentDoc: true,
  functionName: (tree, node) => fieldText(tree, node, 'name'),
  functionBody: (tree, node) => fieldOf(tree, node, 'body'),
  isBlockBody: (tree, body) => kindOf(tree, body) === 'block',
  container,
  className: (tree, node) => {
    const spec = parentOf(tree, node);
    return kindOf(tree, spec) === 'type_spec' ? fieldText(tree, spec, 'name') : null;
  },
  parameters,
  parameterName: (tree, parameter) => (kindOf(tree, parameter) === 'identifier' ? textOf(tree, parameter) : null),
  isExported: (_tree, _node, name) => /^\p{Lu}/u.test(name),
  notImplemented: /^panic\([^)]*\b(?:not (?:yet )?implemented|unimplemented|todo\b|implement me)/i,
  constantText: /^(?:nil, nil|(?:true|false|nil|0|""), nil|-\d[\d.]*)$/,
  debugger: /^runtime\.Breakpoint$/,
  print: /^(?:fmt\.Print(?:ln|f)?|println|print|spew\.Dump)$/,
  testBranch:
    /\btesting\.Testing\(\)|\bflag\.Lookup\("test\.v"\)|\bstrings\.HasSuffix\(os\.Args\[0\],\s{0,3}"\.test"\)/g,
  sleep: /^time\.Sleep$/,
  shell: /^exec\.Command(?:Context)?$/,
  judgesArguments: true,
  isDangerous: (tree, call) => {
    const list = fieldOf(tree, call, 'arguments');
    const texts = list === null ? [] : partsOf(tree, list).map((part) => textOf(tree, part, 200));
    const shell = texts.findIndex((text) =>
      /^["`](?:\/(?:usr\/)?bin\/)?(?:ba|z|da)?sh["`]$|^["`]cmd(?:\.exe)?["`]$/.test(text),
    );
    const last = list === null ? undefined : partsOf(tree, list).at(-1);
    return (
      shell >= 0 &&
      /^["`][-/]/.test(texts[shell + 1] ?? '') &&
      last !== undefined &&
      !/^["`]/.test(textOf(tree, last, 1))
    );
  },
  logic: goLogic,
  slow: goSlow,
  suppressions: [
    {
      tool: 'golangci-lint',
      pattern: /^nolint\b(?:\s*:\s*(?<checks>[\w-]+(?:\s*,\s*[\w-]+)*))?(?<reason>\s*\/\/.*|\s+.*)?$/,
    },
    { tool: 'staticcheck', pattern: /^lint:(?:file-)?ignore\s+(?<checks>\S+)(?<reason>.*)$/ },
    { tool: 'gosec', pattern: /^#nosec\b(?:\s+(?<checks>G\d+(?:[,\s]+G\d+)*))?(?<reason>.*)$/ },
  ],
  catches: () => null,
  ignoredErrors: goIgnoredErrors,
  imports,
  declaredPackage: (tree) => {
    const clause = childOfKind(tree, 0, 'package_clause');
    return clause === null || lineOf(tree, clause) === 0
      ? null
      : (partsOf(tree, clause).map((part) => textOf(tree, part, 100))[0] ?? null);
  },
  testImports: [
    [/\/testify\//, 'testify'],
    [/\/ginkgo\b/, 'ginkgo'],
    [/^testing$/, 'go testing'],
  ],
  tests: goTests,
  assertionCall:
    /^(?:t|b|f|tb|tt|\w+\.T\(\)|\w+\.t)\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)$|(?:^|\.)(?:[Aa]ssert|[Ee]xpect|[Rr]equire|[Ss]hould|[Vv]erify|[Mm]ust|[Cc]heck|[Cc]ompare|[Ee]nsure|[Vv]alidate|[Cc]onfirm)\w*|^is\.\w+|^qt\.|^(?:g|gomega)\.Expect|\bSo$|^autogold\.|^golden\./,
  testSmells: goSmells,
  helperAssertion:
    /^(?:t|b|f|tb|tt)\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)$|^(?:assert|require)\.\w+|\.(?:Assert|Require)\(\)/,
  security: goSecurity,
};
