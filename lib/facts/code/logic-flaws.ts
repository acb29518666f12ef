import type { BlobFacts } from '../blob-facts';
import { statementsOf } from './body-shape';
import {
  ancestorWithRole,
  type CodeTree,
  endOf,
  hasRole,
  isLeaf,
  isNamed,
  kindOf,
  lineOf,
  lineText,
  nextOf,
  nodesWithRole,
  partsOf,
  startOf,
  textOf,
} from './code-tree';

type Row = BlobFacts['logicFlaws'][number];

export function collectLogicFlaws(tree: CodeTree): Row[] {
  return [...identicalOperands(tree), ...unreachable(tree)].sort(
    (a, b) => a.line - b.line || (a.form < b.form ? -1 : 1),
  );
}

const MAX_OPERAND = 300;

function identicalOperands(tree: CodeTree): Row[] {
  const { table } = tree.grammar;
  const rows: Row[] = [];
  for (const node of nodesWithRole(tree, 'binary')) {
    const parts = partsOf(tree, node);
    const [left, right] = parts;
    if (parts.length !== 2 || left === undefined || right === undefined) continue;
    const length = endOf(tree, left) - startOf(tree, left);
    if (length > MAX_OPERAND || nextOf(tree, left) - left !== nextOf(tree, right) - right) continue;
    const operator = operatorOf(tree, left, right);
    if (operator === null || !table.comparedOperators?.includes(operator)) continue;
    if (!isSameAndPure(tree, left, right)) continue;
    if (mayAskForNaN(tree, node, left, operator)) continue;
    const line = lineOf(tree, node);
    rows.push({ line, form: 'identical-operands', text: textOf(tree, node, 200).replace(/\s+/g, ' ').trim() });
  }
  return rows;
}

function operatorOf(tree: CodeTree, left: number, right: number): string | null {
  const words: string[] = [];
  for (let child = nextOf(tree, left); child < right; child = nextOf(tree, child)) {
    if (!isNamed(tree, child)) words.push(textOf(tree, child, 10).replace(/\s+/g, ' '));
  }
  return words.length === 1 ? (words[0] ?? null) : null;
}

/** `x != x` is true for NaN only; in doubt it is meant. */
function mayAskForNaN(tree: CodeTree, node: number, operand: number, operator: string): boolean {
  if (!/^(?:[!=]==?|is(?: not)?)$/.test(operator)) return false;
  if (!hasRole(tree, operand, 'string') && (operator.startsWith('!') || operator === 'is not')) return true;
  const outer = ancestorWithRole(tree, node, 'function');
  const name = outer === null ? null : tree.grammar.table.functionName(tree, outer);
  return /nan/i.test(`${name ?? ''} ${lineText(tree, lineOf(tree, node))}`);
}

const IMPURE =
  /call|invocation|await|yield|new_expression|creation|increment|decrement|update|assignment|macro|subshell|substitution|index_expression_range|lambda|function|closure|receive|inc_|dec_|template|ERROR|preproc/;

/** The same tokens, none of which has an effect or may differ from one reading to the next. */
function isSameAndPure(tree: CodeTree, left: number, right: number): boolean {
  const size = nextOf(tree, left) - left;
  for (let offset = 0; offset < size; offset++) {
    const a = left + offset;
    const b = right + offset;
    if (tree.kind[a] !== tree.kind[b]) return false;
    const kind = kindOf(tree, a);
    if (IMPURE.test(kind) || hasRole(tree, a, 'call') || hasRole(tree, a, 'comment')) return false;
    // Unary `<-` and dereferences through pointers may read another value.
    if (kind === '<-' || kind === '++' || kind === '--') return false;
    if (isLeaf(tree, a) && textOf(tree, a) !== textOf(tree, b)) return false;
  }
  // Numbers compared or divided by themselves are written for readers: `1 - 1`, `60 / 60`.
  return !hasRole(tree, left, 'number') && !/^[A-Z][A-Z0-9_]*$/.test(textOf(tree, left, 100));
}

function unreachable(tree: CodeTree): Row[] {
  const rows: Row[] = [];
  for (const block of nodesWithRole(tree, 'block')) {
    const statements = statementsOf(tree, block);
    for (const [index, statement] of statements.entries()) {
      if (!isExit(tree, statement)) continue;
      const next = statements[index + 1];
      // Only the first reached statement counts: what comes later follows from it.
      if (next !== undefined && !mayFollowExit(tree, next) && !hasDirective(tree, statement, next)) {
        rows.push({ line: lineOf(tree, next), form: 'unreachable', text: lineText(tree, lineOf(tree, next)) });
      }
      break;
    }
  }
  return uniqueByLine(rows);
}

function isExit(tree: CodeTree, statement: number): boolean {
  if (hasRole(tree, statement, 'terminator')) return tree.grammar.table.isConditionalExit?.(tree, statement) !== true;
  if (!hasRole(tree, statement, 'wrapper')) return false;
  const parts = partsOf(tree, statement);
  return parts.length === 1 && parts[0] !== undefined && hasRole(tree, parts[0], 'terminator');
}

function mayFollowExit(tree: CodeTree, statement: number): boolean {
  if (hasRole(tree, statement, 'afterExit') || hasRole(tree, statement, 'case')) return true;
  const kind = kindOf(tree, statement);
  if (/label|case|default|preproc|ERROR|declaration_list|text_interpolation|comment|heredoc/.test(kind)) return true;
  // `var` is hoisted, and a bare `yield` after a return makes the function a generator.
  return /^(?:var\s+[\w$,\s]+;?$|yield\b)/.test(textOf(tree, statement, 200).trim());
}

const hasDirective = (tree: CodeTree, from: number, to: number): boolean =>
  /^[ \t]*#[ \t]*(?:if|ifdef|ifndef|else|elif|endif)\b/m.test(tree.text.slice(endOf(tree, from), startOf(tree, to)));

function uniqueByLine(rows: readonly Row[]): Row[] {
  const seen = new Set<number>();
  return rows.filter(({ line }) => !seen.has(line) && seen.add(line));
}
