import type { BlobFacts } from '../../blob-facts';
import { statementsOf } from '../body-shape';
import {
  ancestorWithRole,
  type CodeTree,
  childrenOf,
  fieldOf,
  hasRole,
  isNamed,
  kindOf,
  lineOf,
  lineText,
  nextOf,
  nodesWithRole,
  parentOf,
  partsOf,
  textOf,
} from '../code-tree';
import { conditionOf } from './conditions';
import { isDeclaration } from './declarations';
import { nodesOfKinds } from './nodes';
import { calleeText, folded, isPure, operatorBetween, unwrapped } from './pure';

type Row = BlobFacts['logicFlaws'][number];

/** Loops that cannot end although they were meant to. */
export function endlessLoops(tree: CodeTree): Row[] {
  const { logic } = tree.grammar.table;
  if (!logic) return [];
  const rows: Row[] = [];
  for (const loop of nodesWithRole(tree, 'loop')) {
    const detail = flawOf(tree, loop);
    if (detail === null) continue;
    const line = lineOf(tree, loop);
    rows.push({ line, form: 'endless-loop', text: folded(lineText(tree, line)), detail });
  }
  return rows;
}

/** Larger loops and functions are not looked through: many of them, inside one another, would cost the square of their size. */
const MAX_NODES = 5_000;

const sizeOf = (tree: CodeTree, node: number): number => nextOf(tree, node) - node;

function flawOf(tree: CodeTree, loop: number): string | null {
  if (runsAway(tree, loop)) return 'direction';
  if (isForever(tree, loop)) return isFollowed(tree, loop) && !canEnd(tree, loop) ? 'followed' : null;
  return isStuck(tree, loop) && !canEnd(tree, loop) ? 'unchanged' : null;
}

/** No condition, or one that always holds. */
function isForever(tree: CodeTree, loop: number): boolean {
  const kind = kindOf(tree, loop);
  if (kind === 'loop_expression') return true;
  if (/^for_(?:in|each|range)|foreach|enhanced|_modifier$/.test(kind) || kind === 'for_expression') return false;
  const condition = conditionOf(tree, loop);
  if (condition === null) return isBareFor(tree, loop);
  const { logic } = tree.grammar.table;
  const text = textOf(tree, unwrapped(tree, condition), 20);
  const isNegated = logic?.isNegated?.(tree, loop) === true;
  return (isNegated ? logic?.alwaysFalse : logic?.alwaysTrue)?.test(text) === true;
}

/** `for (;;)` of C and its kin, `for { … }` of Go. */
function isBareFor(tree: CodeTree, loop: number): boolean {
  const kind = kindOf(tree, loop);
  if (kind !== 'for_statement') return false;
  if (fieldOf(tree, loop, 'left') !== null || fieldOf(tree, loop, 'right') !== null) return false;
  const body = fieldOf(tree, loop, 'body');
  if (body === null) return false;
  const head = tree.text.slice(tree.start[loop] ?? 0, tree.start[body] ?? 0);
  return /^for\s*\([^;]*;\s*;[^;]*\)\s*$/.test(head) || /^for\s*$/.test(head);
}

/** A statement after the loop was meant to run; a mere return keeps the compiler quiet. */
function isFollowed(tree: CodeTree, loop: number): boolean {
  const parent = parentOf(tree, loop);
  const statement = parent >= 0 && kindOf(tree, parent) === 'expression_statement' ? parent : loop;
  const block = parentOf(tree, statement);
  if (block < 0 || !hasRole(tree, block, 'block')) return false;
  const statements = statementsOf(tree, block);
  const next = statements[statements.indexOf(statement) + 1];
  if (next === undefined || !statements.includes(statement)) return false;
  if (hasRole(tree, next, 'afterExit') || hasRole(tree, next, 'terminator') || hasRole(tree, next, 'function'))
    return false;
  const text = textOf(tree, next, 80);
  return !/^(?:return|throw|raise|break|goto|yield)\b|unreachable|not reached|notreached|TaskDelete|abort|preproc|\bcase\b|default:/i.test(
    `${kindOf(tree, next)} ${text}`.replace(/^\w+ (?=return|throw|raise|break|goto|yield)/, ''),
  );
}

const LEAVES =
  /^(?:return|throw|raise|goto|yield|await|try_expression|break_expression|co_(?:await|yield|return)|exit)/;
const LEAVING_WORD = /^(?:break|return|throw|raise|fail|exit|exec|abort|die|yield)\b/;

/** Anything in the loop that may leave it; what is not understood may. */
function canEnd(tree: CodeTree, loop: number): boolean {
  const { logic } = tree.grammar.table;
  if (sizeOf(tree, loop) > MAX_NODES) return true;
  const end = nextOf(tree, loop);
  for (let node = loop + 1; node < end; node++) {
    if (!isNamed(tree, node)) continue;
    if (hasRole(tree, node, 'function')) {
      node = nextOf(tree, node) - 1;
      continue;
    }
    const kind = kindOf(tree, node);
    if (LEAVES.test(kind) || /preproc|ERROR|macro/.test(kind)) return true;
    if (/^break/.test(kind) && (isLabelled(tree, node) || ownerOfBreak(tree, node) === loop)) return true;
    if (hasRole(tree, node, 'call')) {
      const callee = calleeText(tree, node);
      if (LEAVING_WORD.test(callee) || logic?.exit?.test(callee)) return true;
    }
    // Grammars that read these words as names.
    if (hasRole(tree, node, 'identifier') && LEAVING_WORD.test(textOf(tree, node, 12))) return true;
  }
  return false;
}

const isLabelled = (tree: CodeTree, node: number): boolean => partsOf(tree, node).length > 0;

function ownerOfBreak(tree: CodeTree, node: number): number {
  const breakable = tree.grammar.table.logic?.breakable ?? [];
  for (let up = parentOf(tree, node); up >= 0; up = parentOf(tree, up)) {
    if (hasRole(tree, up, 'loop') || breakable.includes(kindOf(tree, up))) return up;
  }
  return -1;
}

const COMPARISON = /^(?:<|>|<=|>=|!=|!==|==|===)$/;

/** A comparison of local numbers that nothing in the loop changes. */
function isStuck(tree: CodeTree, loop: number): boolean {
  const condition = conditionOf(tree, loop);
  const scope = ancestorWithRole(tree, loop, 'function');
  if (condition === null || scope === null || /until|_modifier/.test(kindOf(tree, loop))) return false;
  const asked = unwrapped(tree, condition);
  const parts = partsOf(tree, asked);
  const [left, right] = parts;
  if (!hasRole(tree, asked, 'binary') || left === undefined || right === undefined || parts.length !== 2) return false;
  if (!COMPARISON.test(operatorBetween(tree, left, right) ?? '') || !isPure(tree, asked)) return false;
  const names = [left, right].filter((side) => !hasRole(tree, side, 'number')).map((side) => nameOf(tree, side));
  if (names.length === 0 || names.some((name) => name === null || /^[A-Z][A-Z0-9_]*$/.test(name))) return false;
  return names.every((name) => name !== null && isUntouched(tree, name, loop, condition, scope));
}

/** Text of a lone variable. */
function nameOf(tree: CodeTree, node: number): string | null {
  const kind = kindOf(tree, node);
  return kind === 'identifier' || kind === 'variable_name' ? textOf(tree, node, 80) : null;
}

/** A local of the function that the loop does not even mention outside its condition, nor any closure. */
function isUntouched(tree: CodeTree, name: string, loop: number, condition: number, scope: number): boolean {
  if (sizeOf(tree, scope) > MAX_NODES) return false;
  let isDeclared = false;
  for (const node of nodesOfKinds(tree, NAMES, scope)) {
    if (textOf(tree, node, 81) !== name) continue;
    const isInLoop = node > loop && node < nextOf(tree, loop);
    const isAsked = node >= condition && node < nextOf(tree, condition);
    if (isInLoop && !isAsked) return false;
    if (ancestorWithRole(tree, node, 'function') !== scope) return false;
    if (isReferenced(tree, node)) return false;
    if (!isInLoop && isDeclaration(tree, node)) isDeclared = true;
  }
  return isDeclared;
}

const NAMES = ['identifier', 'variable_name'] as const;

/** `&x`, `ref x`, `volatile`, `global x`: something else may change it. */
function isReferenced(tree: CodeTree, node: number): boolean {
  const before = tree.text.slice(Math.max(0, (tree.start[node] ?? 0) - 30), tree.start[node] ?? 0);
  if (/(?:&|\b(?:ref|out|mut|global|nonlocal|static|volatile|atomic\w*|extern|&mut)\b[\w\s,*:<>]*)\s*$/.test(before))
    return true;
  const parent = parentOf(tree, node);
  return (
    tree.grammar.table.logic?.passesByReference === true && /argument|subshell|reference/.test(kindOf(tree, parent))
  );
}

/** `for (i = 0; i < n; i--)`: each step leads away from the end. */
function runsAway(tree: CodeTree, loop: number): boolean {
  const head = childrenOf(tree, loop).find((child) => kindOf(tree, child) === 'for_clause') ?? loop;
  const condition = fieldOf(tree, head, 'condition');
  const update = fieldOf(tree, head, 'update') ?? fieldOf(tree, head, 'increment');
  if (condition === null || update === null) return false;
  const asked = unwrapped(tree, condition);
  const [left, right] = partsOf(tree, asked);
  if (!hasRole(tree, asked, 'binary') || left === undefined || right === undefined) return false;
  const operator = operatorBetween(tree, left, right) ?? '';
  const step = stepOf(folded(textOf(tree, update, 80)), textOf(tree, left, 80));
  if (step === null || !/^[<>]=?$/.test(operator)) return false;
  if (operator.startsWith('<') ? step > 0 : step < 0) return false;
  // Counting an unsigned number below zero is a known way to walk backwards.
  const start = fieldOf(tree, head, 'initializer') ?? fieldOf(tree, head, 'init') ?? fieldOf(tree, head, 'initialize');
  return start !== null && (step > 0 || /(?:=|:=)\s*0\s*;?$/.test(folded(textOf(tree, start, 80))));
}

function stepOf(update: string, variable: string): number | null {
  if (update === `${variable}++` || update === `++${variable}` || update === `${variable} += 1`) return 1;
  if (update === `${variable}--` || update === `--${variable}` || update === `${variable} -= 1`) return -1;
  return null;
}
