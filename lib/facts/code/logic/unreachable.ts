import type { BlobFacts } from '../../blob-facts';
import { statementsOf } from '../body-shape';
import {
  type CodeTree,
  endOf,
  hasRole,
  kindOf,
  lineOf,
  lineText,
  nodesWithRole,
  parentOf,
  partsOf,
  startOf,
  textOf,
} from '../code-tree';

type Row = BlobFacts['logicFlaws'][number];

export function unreachable(tree: CodeTree): Row[] {
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
  // Written by habit at the end of a case that returns.
  if (/^break;?$/.test(textOf(tree, statement, 8).trim()) && isInCase(tree, statement)) return true;
  if (/label|case|default|preproc|ERROR|declaration_list|text_interpolation|comment|heredoc/.test(kind)) return true;
  // `var` is hoisted, and a bare `yield` after a return makes the function a generator.
  return /^(?:var\s+[\w$,\s]+;?$|yield\b)/.test(textOf(tree, statement, 200).trim());
}

function isInCase(tree: CodeTree, statement: number): boolean {
  const block = parentOf(tree, statement);
  return [block, parentOf(tree, block)].some(
    (node) => node >= 0 && (hasRole(tree, node, 'case') || /case|default/.test(kindOf(tree, node))),
  );
}

const hasDirective = (tree: CodeTree, from: number, to: number): boolean =>
  /^[ \t]*#[ \t]*(?:if|ifdef|ifndef|else|elif|endif)\b/m.test(tree.text.slice(endOf(tree, from), startOf(tree, to)));

function uniqueByLine(rows: readonly Row[]): Row[] {
  const seen = new Set<number>();
  return rows.filter(({ line }) => !seen.has(line) && seen.add(line));
}
