import {
  ancestorWithRole,
  type CodeTree,
  childOfKind,
  fieldOf,
  fieldText,
  kindOf,
  parentOf,
  partsOf,
  textOf,
} from '../code/code-tree';
import { rustLogic } from './logic/rust';
import { rustTestParts, rustTests } from './rust-tests';
import { rustSecurity } from './security/rust';
import { nameField } from './shared';
import { rustSlow } from './slow/rust';
import { rustSmells } from './test-smells';
import type { CatchClause, ImportRow, LanguageTable, NodeIndex } from './types';

function imports(tree: CodeTree, node: NodeIndex): ImportRow[] {
  const kind = kindOf(tree, node);
  if (kind === 'mod_item') {
    // `mod name;` reads another file; `mod name { … }` does not.
    return fieldOf(tree, node, 'body') === null
      ? [{ node, specifier: `mod ${fieldText(tree, node, 'name') ?? ''}`, isTypeOnly: false }]
      : [];
  }
  const argument = fieldText(tree, node, 'argument') ?? fieldText(tree, node, 'name');
  return argument === null
    ? []
    : [{ node, specifier: argument.replace(/\s+/g, ' ').replace(/\s*\{.*$/, ''), isTypeOnly: false }];
}

/** `Err(_) => {}` is Rust's empty catch. */
function catches(tree: CodeTree, node: NodeIndex): CatchClause | null {
  if (kindOf(tree, node) !== 'match_arm') return null;
  const value = fieldOf(tree, node, 'value');
  const pattern = fieldText(tree, node, 'pattern') ?? '';
  if (value === null || !/^Err\(\s*_\w*\s*\)$/.test(pattern)) return null;
  const kind = kindOf(tree, value);
  return kind === 'block' || kind === 'unit_expression' ? { node, body: value, isBroad: true } : null;
}

function implOf(tree: CodeTree, node: NodeIndex): NodeIndex | null {
  const owner = ancestorWithRole(tree, node, 'class');
  return owner !== null && kindOf(tree, owner) === 'impl_item' ? owner : null;
}

function callee(tree: CodeTree, call: NodeIndex): string | null {
  return kindOf(tree, call) === 'macro_invocation' ? `${fieldText(tree, call, 'macro') ?? ''}!` : null;
}

/** `"ls"`, `&["-c", "ls"]`: nothing that a user could have written. */
function isLiteralCommand(tree: CodeTree, node: NodeIndex): boolean {
  if (/^(?:reference_expression|array_expression)$/.test(kindOf(tree, node))) {
    return partsOf(tree, node).every((part) => isLiteralCommand(tree, part));
  }
  return /^(?:raw_)?string_literal$/.test(kindOf(tree, node));
}

export const rust: LanguageTable = {
  id: 'rust',
  wasm: 'tree-sitter-rust/tree-sitter-rust.wasm',
  extensions: ['rs'],
  roles: {
    comment: ['line_comment', 'block_comment'],
    class: ['impl_item', 'trait_item'],
    if: ['if_expression'],
    else: ['else_clause'],
    loop: ['for_expression', 'while_expression', 'loop_expression'],
    switch: ['match_expression'],
    case: ['match_arm'],
    catch: ['match_arm'],
    binary: ['binary_expression', 'let_chain'],
    terminator: ['return_expression', 'break_expression', 'continue_expression'],
    block: ['block'],
    call: ['call_expression', 'macro_invocation'],
    string: ['string_literal', 'raw_string_literal', 'char_literal'],
    number: ['integer_literal', 'float_literal'],
    constant: ['boolean_literal'],
    identifier: ['identifier', 'field_identifier', 'type_identifier', 'shorthand_field_identifier', 'primitive_type'],
    import: ['use_declaration', 'mod_item', 'extern_crate_declaration'],
    parentheses: ['parenthesized_expression'],
    return: ['return_expression'],
    afterExit: [
      'function_item',
      'struct_item',
      'enum_item',
      'impl_item',
      'trait_item',
      'use_declaration',
      'const_item',
      'static_item',
      'type_item',
      'mod_item',
      'macro_definition',
      'empty_statement',
      'attribute_item',
    ],
    attribute: ['attribute_item', 'inner_attribute_item'],
    wrapper: ['expression_statement'],
    leaf: ['line_comment', 'block_comment', 'string_literal', 'raw_string_literal', 'char_literal'],
  },
  functions: { function_item: 'function', function_signature_item: 'function', closure_expression: 'lambda' },
  headFields: ['condition', 'value', 'pattern'],
  logicalOperators: ['&&', '||'],
  comparedOperators: ['==', '!=', '<', '>', '<=', '>=', '&&', '||', '-', '/', '%'],
  hasImplicitReturn: true,
  trustsErrors: 'unbalanced',
  // The grammar misreads raw strings that end in a quote.
  isKnownDialect: /""#/,
  docComment: /^(?:\/\/[/!](?!\/)|\/\*[*!](?![*/]))/,
  functionName: nameField,
  functionKind: (tree, node, kind) =>
    kind === 'function' &&
    kindOf(tree, parentOf(tree, node)) === 'declaration_list' &&
    ancestorWithRole(tree, node, 'class') !== null
      ? 'method'
      : kind,
  functionBody: (tree, node) => fieldOf(tree, node, 'body'),
  className: (tree, node) =>
    (fieldText(tree, node, 'type') ?? fieldText(tree, node, 'name'))?.replace(/<.*$/s, '') ?? null,
  parameters: (tree, node) => {
    const list = fieldOf(tree, node, 'parameters');
    if (list === null) return [];
    return partsOf(tree, list).filter(
      (part) => !/^(?:self_parameter|attribute_item|variadic_parameter)$/.test(kindOf(tree, part)),
    );
  },
  parameterName: (tree, parameter) => {
    const target = fieldOf(tree, parameter, 'pattern') ?? parameter;
    return kindOf(tree, target) === 'identifier' ? textOf(tree, target) : null;
  },
  // `pub(crate)` and the like stay inside the crate.
  isExported: (tree, node) => {
    const visibility = childOfKind(tree, node, 'visibility_modifier');
    return visibility !== null && textOf(tree, visibility, 20) === 'pub';
  },
  isOverride: (tree, node) => {
    const owner = implOf(tree, node);
    return owner !== null && fieldOf(tree, owner, 'trait') !== null;
  },
  isDeclaration: (tree, node, statements) => {
    const owner = ancestorWithRole(tree, node, 'class');
    return statements.length === 0 && owner !== null && kindOf(tree, owner) === 'trait_item';
  },
  notImplemented: /^(?:todo|unimplemented)!|^panic!\([^)]*\b(?:not (?:yet )?implemented|unimplemented|todo\b)/i,
  constantText:
    /^(?:Ok\((?:\(\)|true|false)\)|None|-\d[\d.]*|\(\)|Some\((?:true|false)\)|String::new\(\)|Vec::new\(\)|vec!\[\])$/,
  callee,
  print: /^(?:e?print(?:ln)?!)$/,
  debugger: /^dbg!$/,
  shell:
    /^(?:\w+::)*Command::new\("(?:\/(?:usr\/)?bin\/)?(?:ba|z|da)?sh"\)(?:\.(?!args?\b)\w+\([^()]*\))*(?:\.args$|\.arg\("-\w*c"\)\.args?$)/,
  judgesArguments: true,
  isDangerous: (tree, call) => {
    const list = fieldOf(tree, call, 'arguments');
    return list !== null && partsOf(tree, list).some((part) => !isLiteralCommand(tree, part));
  },
  testBranch: /\bcfg!\(test\)/g,
  sleep: /^(?:(?:std::)?thread::|tokio::time::|time::)?sleep$/,
  logic: rustLogic,
  slow: rustSlow,
  suppressions: [
    {
      tool: 'rustc',
      pattern: /^#!?\[(?:allow|expect)\((?<checks>[^)]*?)(?:,\s*reason\s*=\s*(?<reason>"[^"]*"))?\s*\)\]/,
      inAttribute: true,
    },
  ],
  catches,
  imports,
  tests: rustTests,
  testParts: rustTestParts,
  assertionCall:
    /(?:^|::|\.)(?:debug_)?(?:assert|expect|should|verify|must|ensure|check|fail|compare|confirm|validate|unwrap|panic|unreachable|insta|success|failure)\w*!?/,
  testSmells: rustSmells,
  helperAssertion: /^(?:\w+::)*assert\w*!$|^panic!$|\.assert$/,
  security: rustSecurity,
};
