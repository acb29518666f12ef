import {
  ancestorWithRole,
  type CodeTree,
  childOfKind,
  childrenOf,
  fieldOf,
  fieldText,
  kindOf,
  parentOf,
  partsOf,
  textOf,
} from '../code/code-tree';
import { pythonLogic } from './logic/python';
import { pythonTests } from './python-tests';
import { pythonSecurity } from './security/python';
import { pythonNames } from './security/python-names';
import { nameField } from './shared';
import { pythonSlow } from './slow/python';
import { pythonSmells } from './test-smells';
import { pythonHints } from './type-hints';
import type { CatchClause, ImportRow, LanguageTable, NodeIndex } from './types';

function decorators(tree: CodeTree, node: NodeIndex): string {
  const parent = parentOf(tree, node);
  if (kindOf(tree, parent) !== 'decorated_definition') return '';
  return childrenOf(tree, parent)
    .filter((child) => kindOf(tree, child) === 'decorator')
    .map((child) => textOf(tree, child, 500))
    .join('\n');
}

const isMethod = (tree: CodeTree, node: NodeIndex): boolean => {
  const parent = parentOf(tree, node);
  const block = kindOf(tree, parent) === 'decorated_definition' ? parentOf(tree, parent) : parent;
  return kindOf(tree, parentOf(tree, block)) === 'class_definition';
};

function parameters(tree: CodeTree, node: NodeIndex): NodeIndex[] {
  const list = fieldOf(tree, node, 'parameters');
  if (list === null) return [];
  const parts = partsOf(tree, list).filter(
    (part) => kindOf(tree, part) !== 'keyword_separator' && kindOf(tree, part) !== 'positional_separator',
  );
  const [first] = parts;
  const isBound = first !== undefined && isMethod(tree, node) && !/@staticmethod/.test(decorators(tree, node));
  return isBound ? parts.slice(1) : parts;
}

function parameterName(tree: CodeTree, parameter: NodeIndex): string | null {
  const target = fieldOf(tree, parameter, 'name') ?? childOfKind(tree, parameter, 'identifier') ?? parameter;
  return kindOf(tree, target) === 'identifier' ? textOf(tree, target) : null;
}

const ABSTRACT_DECORATOR = /@(?:\w+\.)*(?:abstract\w*|overload)\b/;
const ABSTRACT_CLASS = /^(?:Abstract|Base|I[A-Z])|(?:Base|Mixin|Interface|ABC|Protocol)$/;
const RAISES = /^raise NotImplementedError\b/;

/** `raise NotImplementedError` in a class meant to be derived from is how Python declares an abstract method. */
function isDeclaration(tree: CodeTree, node: NodeIndex, statements: NodeIndex[]): boolean {
  if (ABSTRACT_DECORATOR.test(decorators(tree, node))) return true;
  const texts = statements.map((statement) => textOf(tree, statement, 300));
  const owner = ancestorWithRole(tree, node, 'class');
  // A function of its own says nothing with dots, unless something around it says what they stand for.
  const isAlone = owner === null && decorators(tree, node) === '' && kindOf(tree, parentOf(tree, node)) === 'module';
  if (texts.at(-1) === '...' && texts.length <= 2) return !isAlone;
  if (owner === null || !isMethod(tree, node)) return false;
  const bases = fieldText(tree, owner, 'superclasses') ?? '';
  if (/\b(?:Protocol|ABC|ABCMeta)\b/.test(bases) && texts.length <= 1) return true;
  if (!RAISES.test(texts.at(-1) ?? '')) return false;
  const name = fieldText(tree, owner, 'name') ?? '';
  if (texts.length > 1 || /\b(?:subclass|overrid|abstract|must implement|derived)/i.test(texts.at(-1) ?? ''))
    return true;
  if (ABSTRACT_CLASS.test(name)) return true;
  const raising = textOf(tree, owner).match(/^\s+raise NotImplementedError\b/gm)?.length ?? 0;
  return raising > 1 || new RegExp(`class \\w+\\([^)]*\\b${name}\\b`).test(tree.text);
}

const BROAD = /^(?:\(?\s*)(?:Exception|BaseException)\b/;

function catches(tree: CodeTree, node: NodeIndex): CatchClause | null {
  const body = childOfKind(tree, node, 'block');
  const value = fieldOf(tree, node, 'value');
  return { node, body, isBroad: value === null || BROAD.test(textOf(tree, value, 100)) };
}

const MODULE_NAME = /^[a-z][a-z0-9_]*$/;

function imports(tree: CodeTree, node: NodeIndex): ImportRow[] {
  const isTypeOnly = /\bTYPE_CHECKING\b/.test(conditionAround(tree, node));
  const module = fieldOf(tree, node, 'module_name');
  if (module === null) {
    return partsOf(tree, node).map((part) => ({
      node,
      specifier: textOf(tree, fieldOf(tree, part, 'name') ?? part, 200),
      isTypeOnly,
    }));
  }
  const specifier = textOf(tree, module, 200);
  // `from . import b` and `from a.b import c` may name a module: the dotted form lets the resolver see it.
  const isPackage = /^\.+$/.test(specifier);
  const own = isPackage ? [] : [{ node, specifier, isTypeOnly }];
  const names = partsOf(tree, node)
    .filter((part) => part !== module)
    .map((part) => textOf(tree, fieldOf(tree, part, 'name') ?? part, 200))
    .filter((name) => isPackage || (specifier.includes('.') && MODULE_NAME.test(name)));
  return [
    ...own,
    ...names.map((name) => ({ node, specifier: isPackage ? specifier + name : `${specifier}.${name}`, isTypeOnly })),
  ];
}

function conditionAround(tree: CodeTree, node: NodeIndex): string {
  const outer = parentOf(tree, parentOf(tree, node));
  return kindOf(tree, outer) === 'if_statement' ? (fieldText(tree, outer, 'condition') ?? '') : '';
}

/** Below `if __name__ == '__main__'` a module is a program, and what it prints its result. */
function isInMainGuard(tree: CodeTree, call: NodeIndex): boolean {
  for (let up = parentOf(tree, call); up >= 0; up = parentOf(tree, up)) {
    if (kindOf(tree, up) === 'function_definition') return false;
    if (kindOf(tree, up) === 'if_statement' && /\b__name__\b/.test(fieldText(tree, up, 'condition') ?? '')) return true;
  }
  return false;
}

export const python: LanguageTable = {
  id: 'python',
  wasm: 'tree-sitter-python/tree-sitter-python.wasm',
  extensions: ['py', 'pyi', 'pyw'],
  fileNames: ['SConstruct', 'SConscript', 'wscript'],
  interpreters: ['python', 'python2', 'python3', 'pypy'],
  roles: {
    comment: ['comment'],
    class: ['class_definition'],
    if: ['if_statement'],
    else: ['else_clause'],
    elseIf: ['elif_clause'],
    ternary: ['conditional_expression'],
    loop: ['for_statement', 'while_statement'],
    switch: ['match_statement'],
    case: ['case_clause'],
    try: ['try_statement'],
    catch: ['except_clause', 'except_group_clause'],
    binary: ['binary_operator', 'boolean_operator', 'comparison_operator'],
    terminator: ['return_statement', 'raise_statement', 'break_statement', 'continue_statement'],
    block: ['block', 'module'],
    call: ['call'],
    string: ['string', 'concatenated_string'],
    number: ['integer', 'float'],
    constant: ['true', 'false', 'none'],
    identifier: ['identifier'],
    import: ['import_statement', 'import_from_statement'],
    parentheses: ['parenthesized_expression'],
    return: ['return_statement'],
    assertion: ['assert_statement'],
    attribute: ['decorator'],
    wrapper: ['decorated_definition', 'expression_statement'],
    leaf: ['comment', 'integer', 'float'],
  },
  functions: { function_definition: 'function', lambda: 'lambda' },
  headFields: ['condition', 'left', 'right', 'subject'],
  logicalOperators: ['and', 'or'],
  comparedOperators: ['==', '!=', '<', '>', '<=', '>=', 'and', 'or', '-', '/', '%', '//', 'is', 'is not'],
  isIndentationSensitive: true,
  trustsErrors: 'always',
  // Python 2.
  isKnownDialect:
    /^[ \t]*(?:print[ \t]+["'\w]|exec[ \t]+["'\w]|except[ \t]+[\w.()]+[ \t]*,[ \t]*\w+[ \t]*:|raise[ \t]+[\w.]+[ \t]*,)|\bur["']|\{\{|\{%|<>|\b0[0-7]+L?\b/m,
  docComment: /^$/,
  functionName: nameField,
  functionKind: (tree, node, kind) => {
    if (kind !== 'function' || !isMethod(tree, node)) return kind;
    if (nameField(tree, node) === '__init__') return 'constructor';
    return /@(?:property|cached_property|\w+\.(?:setter|getter|deleter))\b/.test(decorators(tree, node))
      ? 'accessor'
      : 'method';
  },
  functionBody: (tree, node) => fieldOf(tree, node, 'body'),
  parameters,
  parameterName,
  isExported: (tree, node, name) => {
    const owner = ancestorWithRole(tree, node, 'class');
    const outer = ancestorWithRole(tree, node, 'function');
    if (outer !== null && (owner === null || outer > owner)) return false;
    return !name.startsWith('_') && !(owner !== null && (fieldText(tree, owner, 'name') ?? '').startsWith('_'));
  },
  isOverride: (tree, node) => /@(?:typing(?:_extensions)?\.)?override\b/.test(decorators(tree, node)),
  isDeclaration,
  docString: (tree, statement) => {
    const [only] = partsOf(tree, statement);
    return kindOf(tree, statement) === 'expression_statement' && only !== undefined && kindOf(tree, only) === 'string';
  },
  noOperation: /^(?:pass|\.\.\.)$/,
  notImplemented: /^raise NotImplementedError\b/,
  constantText: /^(?:-\d[\d.]*|\[\]|\{\}|\(\)|"[^"]*"|'[^']*')$/,
  debugger: /^(?:breakpoint|i?pu?db\.set_trace|pdb\.set_trace|ipdb\.set_trace|pudb\.set_trace|code\.interact)$/,
  print: /^(?:print|pprint|pprint\.pprint|ic)$/,
  isDeliberatePrint: isInMainGuard,
  testBranch:
    /['"](?:pytest|unittest|nose|_pytest)['"]\s{1,5}(?:not\s{1,5})?in\s{1,5}sys\.modules\b|\b(?:os\.)?(?:environ(?:\.get)?|getenv)\s{0,3}[[(]\s{0,3}['"](?:PYTEST_CURRENT_TEST|PYTEST_VERSION|PYTEST_XDIST_WORKER)['"]|['"]PYTEST_CURRENT_TEST['"]\s{1,5}(?:not\s{1,5})?in\s{1,5}os\.environ\b|\bif\s{1,5}(?:not\s{1,5})?settings\.(?:TESTING|IS_TEST|UNIT_TEST(?:S|ING)?)\b/g,
  sleep: /^(?:(?:time|asyncio|anyio|trio|gevent)\.)?sleep$/,
  shell:
    /^(?:os\.(?:system|popen)|subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)|commands\.getoutput)$/,
  eval: /^(?:builtins\.)?(?:eval|exec)$/,
  isDangerous: (tree, call, callee, form) => {
    if (form === 'eval' || !/^subprocess\.(?:run|call|check|Popen)/.test(callee)) return true;
    return /\bshell\s*=\s*True\b/.test(textOf(tree, call, 5000));
  },
  logic: pythonLogic,
  slow: pythonSlow,
  types: pythonHints,
  suppressions: [
    {
      tool: 'ruff',
      pattern: /^(?:ruff:\s*|flake8[:-]\s*)?noqa\b(?:\s*:\s*(?<checks>[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*))?(?<reason>.*)$/i,
    },
    { tool: 'mypy', pattern: /^(?:type|mypy):\s*ignore\b(?:\[(?<checks>[^\]]*)\])?(?<reason>.*)$/ },
    { tool: 'pyright', pattern: /^pyright:\s*ignore\b(?:\[(?<checks>[^\]]*)\])?(?<reason>.*)$/ },
    {
      tool: 'pylint',
      pattern:
        /^pylint:\s*(?:disable|disable-next|skip-file)\b(?:\s*=\s*(?<checks>[\w-]+(?:\s*,\s*[\w-]+)*))?(?<reason>.*)$/,
    },
    { tool: 'bandit', pattern: /^nosec\b(?:[:\s]+(?<checks>B\d+(?:[,\s]+B\d+)*))?(?<reason>.*)$/ },
    { tool: 'coverage', pattern: /^pragma:\s*no (?<checks>cover|branch)\b(?<reason>.*)$/ },
  ],
  catches,
  imports,
  testImports: [
    [/^_?pytest\b/, 'pytest'],
    [/^(?:unittest|django\.test)\b/, 'unittest'],
  ],
  tests: pythonTests,
  assertionCall:
    /(?:^|\.)_?(?:assert|expect|should|verify|must|ensure|check|fail|raises|warns|deprecated_call|approx|refute|compare|confirm|validate)(?:[A-Z_]\w*|\b|\w*$)|(?:^|\.)\w*snapshot\w*\.(?:match|check)\w*$/,
  testSmells: pythonSmells,
  helperAssertion: /(?:^|\.)(?:assert|raises$|warns$|fail$)|(?:^|\.)\w*snapshot\w*\.(?:match|check|assert_match)\w*$/,
  security: pythonSecurity,
  importedNames: pythonNames,
};
