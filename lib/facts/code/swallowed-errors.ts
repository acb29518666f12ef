import type { BlobFacts } from '../blob-facts';
import { statementsOf } from './body-shape';
import {
  type CodeTree,
  endOf,
  hasRole,
  lineOf,
  lineText,
  nextOf,
  nodesWithRole,
  parentOf,
  startOf,
  textOf,
} from './code-tree';

type Row = BlobFacts['swallowedErrors'][number];

export function collectSwallowedErrors(tree: CodeTree): Row[] {
  const { table } = tree.grammar;
  const rows: Row[] = [];
  for (const node of nodesWithRole(tree, 'catch')) {
    const clause = table.catches(tree, node);
    if (!clause) continue;
    const { body } = clause;
    const statements = body === null ? [] : statementsOf(tree, body).filter((part) => part !== body);
    const isPass = statements.length > 0 && statements.every((part) => table.noOperation?.test(textOf(tree, part, 20)));
    const isEmpty = statements.length === 0 && (body === null || isBare(tree, body));
    if (!isPass && !isEmpty) continue;
    rows.push(row(tree, clause.node, isPass ? 'pass' : 'empty-catch', clause.isBroad, isExplained(tree, node)));
  }
  for (const ignored of table.ignoredErrors?.(tree) ?? []) {
    rows.push(row(tree, ignored.node, ignored.form, ignored.isBroad, hasReasonBeside(tree, ignored.node)));
  }
  return rows.sort((a, b) => a.line - b.line);
}

function row(tree: CodeTree, node: number, form: Row['form'], isBroad: boolean, hasReason: boolean): Row {
  const line = lineOf(tree, node);
  return { line, form, isBroad, hasReason, text: lineText(tree, line) };
}

/** In the handler, or right above the block that it belongs to, where that block is all there is to say of it. */
function isExplained(tree: CodeTree, node: number): boolean {
  if (hasCommentIn(tree, node)) return true;
  const block = parentOf(tree, node);
  if (block < 0 || !hasRole(tree, block, 'try') || lineOf(tree, node) - lineOf(tree, block) > SHORT_BLOCK) return false;
  const before = lineOf(tree, block) - 1;
  // What the block fills may be declared in between.
  const above = lineText(tree, /^(?:let|var)\b/.test(lineText(tree, before)) ? before - 1 : before);
  return isReason(above) && /^(?:\/\/|#|\/\*|\*)/.test(above);
}

/** Lines from `try` to its handler within which the comment above speaks of both. */
const SHORT_BLOCK = 4;

/** A handler body that is one expression (a value, a call) is not empty. */
function isBare(tree: CodeTree, body: number): boolean {
  for (let node = body + 1; node < nextOf(tree, body); node++) {
    const isNothing = hasRole(tree, node, 'comment') || hasRole(tree, parentOf(tree, node), 'comment');
    if (!isNothing && !/^[\s{}();:,|>-]*$|^(?:end|then|do)$/.test(textOf(tree, node, 8))) return false;
  }
  return true;
}

const REASON = /\p{L}{2}/u;

export function hasCommentIn(tree: CodeTree, node: number): boolean {
  for (let child = node; child < nextOf(tree, node); child++) {
    if (hasRole(tree, child, 'comment') && isReason(textOf(tree, child, 300))) return true;
  }
  // Grammars give a comment that ends a block to what follows it.
  const after = nextOf(tree, node);
  if (after >= tree.size || !hasRole(tree, after, 'comment')) return false;
  const isOnLine = !tree.text.slice(endOf(tree, node), startOf(tree, after)).includes('\n');
  return isOnLine && isReason(textOf(tree, after, 300));
}

/** A mark for a tool says what is switched off, not why. */
const isReason = (text: string): boolean =>
  REASON.test(text) &&
  !/^\W*(?:eslint-disable|noqa|nolint|pragma|pylint|type:|ts-ignore|NOSONAR|noinspection)/i.test(text);

function hasReasonBeside(tree: CodeTree, node: number): boolean {
  if (hasCommentIn(tree, node)) return true;
  const line = lineOf(tree, node);
  const own = lineText(tree, line);
  if (/(?:\/\/|#|\/\*)\s*\p{L}{2}/u.test(own)) return true;
  return line > 1 && /^(?:\/\/|#|\/\*|\*)/.test(lineText(tree, line - 1));
}
