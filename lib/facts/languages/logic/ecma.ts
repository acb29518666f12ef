import {
  ancestorWithRole,
  type CodeTree,
  childrenOf,
  descendantOfKind,
  fieldOf,
  fieldText,
  hasRole,
  kindOf,
  nodesWithRole,
  parentOf,
  partsOf,
  textOf,
} from '../../code/code-tree';
import type { NodeIndex } from '../types';
import { loopOf, nameAt } from './captures';
import { keyOf, valuesOf } from './keys';
import { isTextName } from './receivers';
import type { Key, LogicTable } from './types';

function keys(tree: CodeTree, node: NodeIndex): (Key | null)[] {
  const parts = partsOf(tree, node);
  if (kindOf(tree, node) === 'switch_statement') {
    const body = fieldOf(tree, node, 'body');
    const cases = body === null ? [] : partsOf(tree, body).filter((part) => hasRole(tree, part, 'case'));
    return valuesOf(
      tree,
      cases.map((part) => fieldOf(tree, part, 'value')),
    );
  }
  return parts.flatMap((part) => {
    const kind = kindOf(tree, part);
    if (kind === 'spread_element') return [null];
    if (kind === 'shorthand_property_identifier') return propertyKey(tree, part, '');
    const name = fieldOf(tree, part, kind === 'pair' ? 'key' : 'name');
    if (name === null || kindOf(tree, name) === 'computed_property_name') return [];
    return propertyKey(tree, name, kind === 'method_definition' ? accessorOf(tree, part) : '');
  });
}

/** A getter and a setter share a name. */
const accessorOf = (tree: CodeTree, method: NodeIndex): string =>
  childrenOf(tree, method)
    .map((child) => kindOf(tree, child))
    .find((kind) => kind === 'get' || kind === 'set') ?? '';

function propertyKey(tree: CodeTree, node: NodeIndex, accessor: string): Key[] {
  const key = keyOf(tree, node);
  if (key === null || key.shown === '__proto__') return [];
  return [{ ...key, text: `${accessor} ${key.text.replace(/^["'.]/, '')}` }];
}

/** Properties whose setter does something: they load, scroll, restart or draw again. */
const ACTIVE_PROPERTY =
  /^(?:location|href|src|srcdoc|hash|value|innerHTML|outerHTML|textContent|className|display|scrollTop|scrollLeft|currentTime|length|width|height|selectionStart|selectionEnd|data|cookie|volume|checked|__proto__)$/;

function isMeant(tree: CodeTree, _node: NodeIndex, target: NodeIndex): boolean {
  const name =
    kindOf(tree, target) === 'member_expression' ? fieldText(tree, target, 'property') : textOf(tree, target, 80);
  return ACTIVE_PROPERTY.test(name ?? '');
}

const KEPT_BY =
  /(?:^|\.)(?:setTimeout|setInterval|setImmediate|requestAnimationFrame|addEventListener|attachEvent|on|once|bind|then|catch|push|unshift|nextTick|click|subscribe)$/;

/** Larger loops, inside one another, would cost the square of their size. */
const MAX_NODES = 5_000;

/** `var` gives all rounds of a loop one variable. */
function capturedVariables(tree: CodeTree): { node: NodeIndex; name: string }[] {
  const found: { node: NodeIndex; name: string }[] = [];
  for (const loop of nodesWithRole(tree, 'loop')) {
    const names = variablesOf(tree, loop);
    if (names.length === 0) continue;
    const body = fieldOf(tree, loop, 'body');
    if (body === null || (tree.next[body] ?? 0) - body > MAX_NODES) continue;
    for (const node of functionsIn(tree, body)) {
      if (!isKept(tree, node) || loopOf(tree, node) !== loop) continue;
      const name = names.find((candidate) => nameAt(tree, node, candidate, ['identifier']) !== null);
      if (name !== undefined && !isLeftAtOnce(tree, node)) found.push({ node, name });
    }
  }
  return found;
}

function variablesOf(tree: CodeTree, loop: NodeIndex): string[] {
  const kind = kindOf(tree, loop);
  if (kind === 'for_in_statement') {
    const isVar = childrenOf(tree, loop).some((child) => kindOf(tree, child) === 'var');
    const left = fieldOf(tree, loop, 'left');
    return isVar && left !== null && kindOf(tree, left) === 'identifier' ? [textOf(tree, left, 80)] : [];
  }
  const start = kind === 'for_statement' ? fieldOf(tree, loop, 'initializer') : null;
  if (start === null || kindOf(tree, start) !== 'variable_declaration') return [];
  const names = partsOf(tree, start).map((part) => fieldText(tree, part, 'name') ?? '');
  const update = fieldText(tree, loop, 'increment') ?? '';
  return names.filter((name) => name !== '' && update.includes(name));
}

function functionsIn(tree: CodeTree, body: NodeIndex): NodeIndex[] {
  const found: NodeIndex[] = [];
  for (let node = body; node < (tree.next[body] ?? 0); node++) {
    if (!hasRole(tree, node, 'function')) continue;
    found.push(node);
    node = (tree.next[node] ?? node + 1) - 1;
  }
  return found;
}

/** Given to something that calls it later, or stored in an object. */
function isKept(tree: CodeTree, node: NodeIndex): boolean {
  const parent = parentOf(tree, node);
  if (kindOf(tree, parent) === 'assignment_expression') {
    const left = fieldOf(tree, parent, 'left');
    return left !== null && /^(?:member|subscript)_expression$/.test(kindOf(tree, left));
  }
  const call = kindOf(tree, parent) === 'arguments' ? parentOf(tree, parent) : -1;
  const target = call < 0 ? null : fieldOf(tree, call, 'function');
  return target !== null && KEPT_BY.test(textOf(tree, target, 200));
}

/** The loop is left after the first function it makes. */
function isLeftAtOnce(tree: CodeTree, node: NodeIndex): boolean {
  const block = ancestorWithRole(tree, node, 'block');
  return block !== null && descendantOfKind(tree, block, 'break_statement', 'return_statement') !== null;
}

/** What TypeScript, TSX and JavaScript share. */
export const ecmaLogic: LogicTable = {
  question: /^(?:Array\.isArray|Object\.is|Number\.is\w+|isNaN|isFinite)$/,
  alwaysTrue: /^(?:true|0*[1-9]\d*|!0|!false)$/,
  alwaysFalse: /^(?:false|0|null|undefined|!1|!true|""|'')$/,
  notANumber: /^(?:Number\.)?NaN$/,
  hasTypeofOperator: true,
  assignments: ['assignment_expression'],
  isMeantSelfAssignment: isMeant,
  keyedKinds: ['object', 'switch_statement'],
  keys,
  pure: /^(?:Object\.(?:keys|values|entries|is)|Array\.isArray|Math\.(?!random)\w+|parseFloat|parseInt|isNaN|isFinite|Number\.is\w+|structuredClone)$|\.(?:trim|trimStart|trimEnd|toUpperCase|toLowerCase|toFixed|padStart|padEnd|substring|substr|charAt|charCodeAt|startsWith|endsWith|lastIndexOf|toISOString|localeCompare)$/,
  // A query collects its conditions, and names them as texts name their questions.
  isPureCall: (_tree, _call, callee) =>
    !/query\.(?:starts|ends)With$/i.test(callee) && (!/\.trim\w*$/.test(callee) || isTextName(callee)),
  allowsBareComparison: true,
  looseEquality: ['==', '!='],
  capturedVariables,
  declarations: ['variable_declarator', 'formal_parameters', 'required_parameter'],
  breakable: ['switch_statement'],
  exit: /^process\.exit$/,
};
