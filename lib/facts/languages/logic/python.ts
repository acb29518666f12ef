import {
  ancestorWithRole,
  type CodeTree,
  fieldOf,
  fieldText,
  hasRole,
  kindOf,
  nextOf,
  nodesWithRole,
  parentOf,
  partsOf,
  textOf,
} from '../../code/code-tree';
import { nodesOfKinds } from '../../code/logic/nodes';
import type { NodeIndex } from '../types';
import { loopOf, nameAt } from './captures';
import { keyOf, keysOf } from './keys';
import { isTextName } from './receivers';
import type { Key, LogicTable } from './types';

function keys(tree: CodeTree, node: NodeIndex): (Key | null)[] {
  if (kindOf(tree, node) === 'match_statement') return patterns(tree, node);
  return partsOf(tree, node).flatMap((part) => {
    if (kindOf(tree, part) === 'dictionary_splat') return [null];
    return keysOf(tree, [fieldOf(tree, part, 'key')]);
  });
}

/** Literal patterns without a guard. */
function patterns(tree: CodeTree, node: NodeIndex): Key[] {
  const body = fieldOf(tree, node, 'body');
  const clauses = body === null ? [] : partsOf(tree, body).filter((part) => kindOf(tree, part) === 'case_clause');
  return clauses.flatMap((clause) => {
    const found = partsOf(tree, clause).filter((part) => kindOf(tree, part) === 'case_pattern');
    const [pattern] = found.length === 1 ? found : [];
    const [inner] = pattern === undefined ? [] : partsOf(tree, pattern);
    if (inner === undefined || fieldOf(tree, clause, 'guard') !== null) return [];
    const literals = kindOf(tree, inner) === 'union_pattern' ? partsOf(tree, inner) : [inner];
    return literals
      .filter((literal) => hasRole(tree, literal, 'string') || hasRole(tree, literal, 'number'))
      .flatMap((literal) => keyOf(tree, literal) ?? []);
  });
}

const MUTABLE_KINDS = /^(?:list|dictionary|set|list_comprehension|dictionary_comprehension|set_comprehension)$/;
const MUTABLE_CALL = /^(?:list|dict|set|bytearray|(?:collections\.)?(?:defaultdict|OrderedDict|deque|Counter))\s*\(/;
const DEFAULTS = ['default_parameter', 'typed_default_parameter'] as const;
const CHANGES =
  /^\s*(?:\[[^\]\n]{0,80}\]\s*(?:=(?!=)|[-+*|&]=)|[-+*|&]=|\.(?:append|extend|insert|add|update|setdefault|pop|popitem|remove|discard|clear|sort|reverse|appendleft|popleft)\()/;

/** A default is made once, with the function. */
function mutableDefaults(tree: CodeTree): { node: NodeIndex; isChanged: boolean }[] {
  return nodesOfKinds(tree, DEFAULTS).flatMap((node) => {
    const value = fieldOf(tree, node, 'value');
    const name = fieldText(tree, node, 'name') ?? '';
    const isMutable =
      value !== null &&
      (MUTABLE_KINDS.test(kindOf(tree, value)) ||
        (kindOf(tree, value) === 'call' && MUTABLE_CALL.test(textOf(tree, value, 40))));
    const owner = ancestorWithRole(tree, node, 'function');
    if (!isMutable || owner === null || kindOf(tree, owner) === 'lambda') return [];
    return [{ node, isChanged: isChanged(tree, owner, name) }];
  });
}

const NAMES = ['identifier'] as const;
/** Larger functions with many defaults would cost too much. */
const MAX_NODES = 20_000;

/** The function changes the value, or hands it out. */
function isChanged(tree: CodeTree, fn: NodeIndex, name: string): boolean {
  const body = fieldOf(tree, fn, 'body');
  if (body === null || nextOf(tree, body) - body > MAX_NODES) return false;
  return nodesOfKinds(tree, NAMES, body).some((node) => {
    if (textOf(tree, node, name.length + 1) !== name) return false;
    const end = tree.end[node] ?? 0;
    if (CHANGES.test(tree.text.slice(end, end + 120))) return true;
    const parent = parentOf(tree, node);
    if (kindOf(tree, parent) === 'return_statement') return true;
    const target = kindOf(tree, parent) === 'assignment' ? fieldOf(tree, parent, 'left') : null;
    return target !== null && target !== node && kindOf(tree, target) === 'attribute';
  });
}

const KEPT_BY =
  /\.(?:append|appendleft|insert|add|setdefault|connect|bind|after|submit|add_done_callback|call_later|call_soon|register)$/;
const KEPT_AS = /^(?:command|target|callback|on_\w+)$/;

/** A closure reads the variable when it is called, after the last round. */
function capturedVariables(tree: CodeTree): { node: NodeIndex; name: string }[] {
  return nodesWithRole(tree, 'function').flatMap((node) => {
    if (kindOf(tree, node) !== 'lambda') return [];
    const names = isElementOfComprehension(tree, node)
      ? comprehensionNames(tree, parentOf(tree, node))
      : loopNames(tree, node);
    const name = names.find((candidate) => nameAt(tree, node, candidate, NAMES) !== null);
    return name === undefined ? [] : [{ node, name }];
  });
}

const isElementOfComprehension = (tree: CodeTree, node: NodeIndex): boolean => {
  const parent = parentOf(tree, node);
  return kindOf(tree, parent) === 'list_comprehension' && fieldOf(tree, parent, 'body') === node;
};

function comprehensionNames(tree: CodeTree, comprehension: NodeIndex): string[] {
  return partsOf(tree, comprehension)
    .filter((part) => kindOf(tree, part) === 'for_in_clause')
    .flatMap((part) => targetNames(tree, fieldOf(tree, part, 'left')));
}

function loopNames(tree: CodeTree, node: NodeIndex): string[] {
  const loop = loopOf(tree, node);
  if (loop === null || kindOf(tree, loop) !== 'for_statement' || !isKept(tree, node)) return [];
  const body = fieldOf(tree, loop, 'body');
  const isInside = body !== null && node > body && node < nextOf(tree, body);
  const isLeft = body !== null && /^\s*(?:return|break)\b/m.test(textOf(tree, body, 5000));
  return isInside && !isLeft ? targetNames(tree, fieldOf(tree, loop, 'left')) : [];
}

function targetNames(tree: CodeTree, target: NodeIndex | null): string[] {
  if (target === null) return [];
  return nodesOfKinds(tree, NAMES, target).map((name) => textOf(tree, name, 80));
}

function isKept(tree: CodeTree, node: NodeIndex): boolean {
  const parent = parentOf(tree, node);
  const kind = kindOf(tree, parent);
  if (kind === 'assignment') {
    const left = fieldOf(tree, parent, 'left');
    return left !== null && /^(?:subscript|attribute)$/.test(kindOf(tree, left));
  }
  if (kind === 'keyword_argument') return KEPT_AS.test(fieldText(tree, parent, 'name') ?? '');
  const call = kind === 'argument_list' ? parentOf(tree, parent) : -1;
  return call >= 0 && KEPT_BY.test(fieldText(tree, call, 'function') ?? '');
}

/** `int = int` in a class or a module binds the outer name in the inner scope. */
function isMeant(tree: CodeTree, node: NodeIndex): boolean {
  const owner = ancestorWithRole(tree, node, 'class');
  const fn = ancestorWithRole(tree, node, 'function');
  return fn === null || (owner !== null && owner > fn);
}

export const pythonLogic: LogicTable = {
  question: /^(?:isinstance|issubclass|len|callable|hasattr|type|id)$/,
  alwaysTrue: /^(?:True|0*[1-9]\d*|not False)$/,
  alwaysFalse: /^(?:False|0|None|""|''|\[\]|\{\}|\(\)|not True)$/,
  notANumber: /^(?:(?:math|np|numpy)\.nan|np\.NaN|float\(\s*['"]nan['"]\s*\))$/i,
  assignments: ['assignment'],
  isMeantSelfAssignment: isMeant,
  keyedKinds: ['dictionary', 'match_statement'],
  keys,
  pure: /^(?:sorted|len|abs|round|isinstance|issubclass|reversed|zip|enumerate|callable|repr)$|^["'][^"']*["']\.(?:format|join)$|\.(?:strip|lstrip|rstrip|lower|upper|casefold|startswith|endswith|splitlines|isdigit|isalpha|zfill|ljust|rjust)$/,
  isPureCall: (_tree, _call, callee) => !/\.(?:[lr]?strip|lower|upper)$/.test(callee) || isTextName(callee),
  allowsBareComparison: true,
  mutableDefaults,
  capturedVariables,
  declarations: ['assignment', 'parameters', 'default_parameter', 'typed_parameter', 'typed_default_parameter'],
  breakable: [],
  exit: /^(?:sys\.exit|os\._exit|os\.exec\w*|exit|quit)$/,
};
