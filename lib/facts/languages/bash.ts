import {
  type CodeTree,
  endOf,
  fieldOf,
  fieldText,
  kindOf,
  nodesWithRole,
  partsOf,
  startOf,
  textOf,
} from '../code/code-tree';
import { bashFlaws } from './bash-flaws';
import { bashLogic } from './logic/bash';
import { bashSecurity } from './security/bash';
import { unquote } from './shared';
import type { ImportRow, LanguageTable, NodeIndex, TestCase } from './types';

const commandName = (tree: CodeTree, node: NodeIndex): string | null => fieldText(tree, node, 'name');

function argumentsOf(tree: CodeTree, command: NodeIndex): NodeIndex[] {
  const name = fieldOf(tree, command, 'name');
  return partsOf(tree, command).filter((part) => part !== name && kindOf(tree, part) !== 'variable_assignment');
}

function imports(tree: CodeTree, node: NodeIndex): ImportRow[] {
  const name = commandName(tree, node);
  const [target] = argumentsOf(tree, node);
  if ((name !== 'source' && name !== '.') || target === undefined) return [];
  const specifier = unquote(textOf(tree, target, 200));
  return /[$`*]/.test(specifier) ? [] : [{ node, specifier, isTypeOnly: false }];
}

/** Bats tests: `@test "name" {` up to the line that closes it. */
function tests(tree: CodeTree): TestCase[] {
  const found: TestCase[] = [];
  const commands = nodesWithRole(tree, 'call');
  for (const node of commands) {
    if (commandName(tree, node) !== '@test') continue;
    const from = endOf(tree, node);
    const close = /^\}/m.exec(tree.text.slice(from));
    const to = close === null ? tree.text.length : from + close.index;
    const inside = commands.filter((command) => startOf(tree, command) >= from && startOf(tree, command) < to);
    const text = tree.text.slice(from, to);
    const code = text.replace(/^\s*#.*$/gm, '').trim();
    const [title] = argumentsOf(tree, node);
    const first = /^(?:skip)\b[ \t]*(.*)$/m.exec(code);
    const isSkipped = first !== null && code.startsWith('skip');
    found.push({
      node,
      name: title === undefined ? '' : unquote(textOf(tree, title, 200)),
      framework: 'bats',
      isSkipped,
      skipReason: isSkipped ? unquote(first?.[1]?.trim() ?? '') || null : null,
      isFocused: false,
      body: null,
      // Each command of a bats test asserts by its exit status.
      declaredAssertions:
        inside.filter((command) => commandName(tree, command) !== 'run').length +
        (code.match(/\[\[?\s|\(\(/g)?.length ?? 0),
    });
  }
  return found;
}

export const bash: LanguageTable = {
  id: 'bash',
  wasm: 'tree-sitter-bash/tree-sitter-bash.wasm',
  extensions: ['sh', 'bash', 'bats', 'ksh'],
  fileNames: ['.bashrc', '.bash_profile', '.profile', 'PKGBUILD'],
  interpreters: ['sh', 'bash', 'dash', 'ksh', 'bats'],
  roles: {
    comment: ['comment'],
    if: ['if_statement'],
    else: ['else_clause'],
    elseIf: ['elif_clause'],
    ternary: ['ternary_expression'],
    loop: ['for_statement', 'c_style_for_statement', 'while_statement'],
    switch: ['case_statement'],
    case: ['case_item'],
    binary: ['list', 'binary_expression'],
    block: ['compound_statement', 'do_group', 'program'],
    call: ['command'],
    string: ['string', 'raw_string', 'ansi_c_string', 'heredoc_body'],
    number: ['number'],
    identifier: ['word', 'variable_name', 'special_variable_name'],
    import: ['command'],
    leaf: ['comment', 'raw_string', 'ansi_c_string'],
  },
  functions: { function_definition: 'function' },
  headFields: ['condition', 'value', 'variable', 'initializer', 'update'],
  logicalOperators: ['&&', '||'],
  comparedOperators: ['==', '=', '!=', '-eq', '-ne', '-lt', '-gt'],
  // Other shells and embedded languages share the extension.
  trustsErrors: 'never',
  docComment: /^$/,
  isAnyCommentDoc: true,
  functionName: (tree, node) => fieldText(tree, node, 'name'),
  functionBody: (tree, node) => fieldOf(tree, node, 'body'),
  parameters: () => [],
  parameterName: () => null,
  isExported: (_tree, _node, name) => !name.startsWith('_'),
  noOperation: /^(?::|true)$/,
  notImplemented: /^(?:echo|die|fail|error)\s+["'][^"']*\b(?:not (?:yet )?implemented|todo\b)/i,
  callee: (tree, call) => commandName(tree, call),
  sleep: /^sleep$/,
  shell: /^(?:ba|z|da|k)?sh$/,
  eval: /^eval$/,
  judgesArguments: true,
  isDangerous: (tree, call, _callee, form) => {
    const parts = argumentsOf(tree, call);
    if (form === 'shell' && !parts.some((part) => /^-\w*c$/.test(textOf(tree, part, 10)))) return false;
    // The output of a named tool (`eval "$(ssh-agent)"`) is that tool's own interface.
    const text = parts.map((part) => textOf(tree, part, 500)).join(' ');
    return /\$\{?[\w@*]/.test(text.replace(/\$\([^()]*\)/g, ''));
  },
  logic: bashLogic,
  suppressions: [
    { tool: 'shellcheck', pattern: /^shellcheck\s+(?:.*\s)?disable=(?<checks>\w+(?:,\w+)*)(?<reason>.*)$/ },
  ],
  catches: () => null,
  imports,
  shellFlaws: bashFlaws,
  tests,
  assertionCall: /^(?:assert|refute|expect|check|verify|fail|grep|diff|cmp|test)\w*$/,
  security: bashSecurity,
};
