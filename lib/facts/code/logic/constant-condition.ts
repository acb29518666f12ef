import type { BlobFacts } from '../../blob-facts';
import { isConstant } from '../body-shape';
import {
  type CodeTree,
  fieldOf,
  hasRole,
  kindOf,
  lineOf,
  lineText,
  nodesWithRole,
  partsOf,
  textOf,
} from '../code-tree';
import { logicalOperator } from '../complexity';
import { conditionOf } from './conditions';
import { folded, operatorBetween, unwrapped } from './pure';

type Row = BlobFacts['logicFlaws'][number];

/** Why a condition is constant, and what it is. */
interface Constant {
  detail: 'literal' | 'operand' | 'assigned' | 'nan' | 'new-object' | 'typeof' | 'tuple';
  value: boolean;
}

/** Conditions that hold always or never. */
export function constantConditions(tree: CodeTree): Row[] {
  if (!tree.grammar.table.logic) return [];
  const rows: Row[] = [];
  const add = (node: number, { detail, value }: Constant): void => {
    const text = folded(textOf(tree, node, 200));
    rows.push({ line: lineOf(tree, node), form: 'constant-condition', text, detail: `${detail}:${value}` });
  };
  for (const role of ['if', 'elseIf', 'ternary', 'loop'] as const) {
    for (const node of nodesWithRole(tree, role)) {
      const condition = conditionOf(tree, node);
      if (condition === null || (role === 'if' && holdsCase(tree, node))) continue;
      const constant = constantOf(tree, unwrapped(tree, condition));
      if (constant !== null && !(role === 'loop' && isPlainLoop(tree, node, constant))) add(condition, constant);
    }
  }
  for (const node of nodesWithRole(tree, 'binary')) {
    const constant = constantComparison(tree, node);
    if (constant !== null) add(node, constant);
  }
  for (const node of nodesWithRole(tree, 'assertion')) {
    const [only, ...more] = partsOf(tree, node);
    if (kindOf(tree, node) !== 'assert_statement' || only === undefined || more.length > 0) continue;
    if (kindOf(tree, only) === 'tuple' && partsOf(tree, only).length > 0) add(only, { detail: 'tuple', value: true });
  }
  return rows;
}

/** `while (true)` and `do { … } while (false)` are how loops and blocks without a condition are written. */
function isPlainLoop(tree: CodeTree, loop: number, { detail, value }: Constant): boolean {
  if (detail !== 'literal') return false;
  if (value !== (tree.grammar.table.logic?.isNegated?.(tree, loop) === true)) return true;
  // `} while (0)` of a macro whose head the grammar did not understand.
  const isEnd = lineText(tree, lineOf(tree, loop)).startsWith('}');
  return isEnd || /^do_/.test(kindOf(tree, loop)) || /modifier$/.test(kindOf(tree, loop));
}

/** `if (0) { case 1: … }` jumps over the head of the other cases. */
function holdsCase(tree: CodeTree, node: number): boolean {
  const body = fieldOf(tree, node, 'consequence');
  return body !== null && partsOf(tree, body).some((part) => /^(?:case|labeled)_statement$/.test(kindOf(tree, part)));
}

function constantOf(tree: CodeTree, node: number): Constant | null {
  const { logic } = tree.grammar.table;
  if (!logic) return null;
  const truth = literalTruth(tree, node);
  if (truth !== null) return { detail: 'literal', value: truth };
  const operator = logicalOperator(tree, node);
  if (operator !== null) return constantOperand(tree, node, /^(?:\|\||or)$/.test(operator));
  if (logic.assignments.includes(kindOf(tree, node))) return assignedConstant(tree, node);
  return null;
}

const FUNCTION_VALUE = /^(?:arrow_function|function_expression|lambda|lambda_expression|lambda_literal)$/;

function literalTruth(tree: CodeTree, node: number): boolean | null {
  const { logic } = tree.grammar.table;
  const text = textOf(tree, node, 40);
  if (logic?.alwaysTrue.test(text)) return true;
  if (logic?.alwaysFalse.test(text)) return false;
  if (FUNCTION_VALUE.test(kindOf(tree, node))) return true;
  if (!hasRole(tree, node, 'string') || kindOf(tree, node) === 'template_string' || !isConstant(tree, node))
    return null;
  // Only what is plainly neither empty nor a test of its own.
  return /^["'][^"'\\]{2,}["']$|^["'][a-zA-Z]["']$/.test(text) ? true : null;
}

const MAX_DEPTH = 50;

/** `x == 'a' || 'b'`: the second operand decides. */
function constantOperand(tree: CodeTree, node: number, isOr: boolean, depth = 0): Constant | null {
  if (depth > MAX_DEPTH) return null;
  for (const part of partsOf(tree, node)) {
    const inner = unwrapped(tree, part);
    const truth = literalTruth(tree, inner);
    if (truth === isOr && (hasRole(tree, inner, 'string') || hasRole(tree, inner, 'number'))) {
      return { detail: 'operand', value: truth };
    }
    const deeper = logicalOperator(tree, inner);
    if (deeper === null || /^(?:\|\||or)$/.test(deeper) !== isOr) continue;
    const found = constantOperand(tree, inner, isOr, depth + 1);
    if (found) return found;
  }
  return null;
}

function assignedConstant(tree: CodeTree, node: number): Constant | null {
  const operator = fieldOf(tree, node, 'operator');
  const right = fieldOf(tree, node, 'right');
  if (right === null || (operator !== null && kindOf(tree, operator) !== '=')) return null;
  const value = literalTruth(tree, unwrapped(tree, right));
  return value === null ? null : { detail: 'assigned', value };
}

const EQUAL = /^(?:===?|is)$/;
const UNEQUAL = /^(?:!==?|is not)$/;
const ORDERED = /^(?:<|>|<=|>=)$/;
const NEW_OBJECT = /^(?:array|object|arrow_function|function_expression|regex)$/;
const TYPES = /^["'](?:undefined|object|boolean|number|string|function|symbol|bigint|unknown|date)["']$/;

function constantComparison(tree: CodeTree, node: number): Constant | null {
  const parts = partsOf(tree, node);
  const [left, right] = parts;
  if (left === undefined || right === undefined || parts.length !== 2) return null;
  const operator = operatorBetween(tree, left, right) ?? '';
  const isEqual = EQUAL.test(operator);
  if (!isEqual && !UNEQUAL.test(operator) && !ORDERED.test(operator)) return null;
  const nan = tree.grammar.table.logic?.notANumber;
  const sides = [left, right].map((side) => unwrapped(tree, side));
  if (nan && sides.some((side) => nan.test(textOf(tree, side, 40)))) {
    return { detail: 'nan', value: UNEQUAL.test(operator) };
  }
  if (!tree.grammar.table.logic?.hasTypeofOperator || !(isEqual || UNEQUAL.test(operator))) return null;
  if (/^[!=]==$/.test(operator) && sides.some((side) => NEW_OBJECT.test(kindOf(tree, side)))) {
    return { detail: 'new-object', value: !isEqual };
  }
  const [asked, answer] = sides;
  const isTypeof = asked !== undefined && /^typeof\b/.test(textOf(tree, asked, 8));
  if (!isTypeof || answer === undefined || kindOf(tree, answer) !== 'string') return null;
  return TYPES.test(textOf(tree, answer, 40)) ? null : { detail: 'typeof', value: !isEqual };
}
