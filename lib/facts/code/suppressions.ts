import type { BlobFacts } from '../blob-facts';
import type { Suppression } from '../languages/types';
import { type CodeTree, lineOf, lineText, nodesWithRole, textOf } from './code-tree';
import { commentText } from './comments';

type Row = BlobFacts['suppressions'][number];

export function collectSuppressions(tree: CodeTree): Row[] {
  const { suppressions } = tree.grammar.table;
  const inComments = suppressions.filter((suppression) => !suppression.inAttribute);
  const inAttributes = suppressions.filter((suppression) => suppression.inAttribute);
  const rows: Row[] = [];
  const prose = new Map<number, { isAlone: boolean }>();
  for (const node of nodesWithRole(tree, 'comment')) {
    const raw = textOf(tree, node, 1000);
    const line = lineOf(tree, node);
    // A comment may carry several marks, one after the other: `# noqa: E501  # type: ignore[x]`.
    for (const part of raw.startsWith('#') ? raw.split(/\s#\s*/) : [raw]) {
      const row = match(commentText(part), inComments);
      if (row) rows.push({ line, ...row });
      else if (PROSE.test(part)) prose.set(line, { isAlone: isAlone(tree, node) });
    }
  }
  const marked = new Set(rows.map(({ line }) => line));
  for (const row of rows) {
    const isBeside = [row.line - 1, row.line + 1].some((line) => prose.get(line)?.isAlone && !marked.has(line));
    if (prose.has(row.line) || (isBeside && isComment(lineText(tree, row.line)))) row.hasReason = true;
  }
  if (inAttributes.length > 0) {
    for (const node of nodesWithRole(tree, 'attribute')) {
      const text = textOf(tree, node, 1000).replace(/\s+/g, ' ');
      const row = match(text, inAttributes);
      const line = lineOf(tree, node);
      if (row) rows.push({ line, ...row, hasReason: row.hasReason || prose.has(line) });
    }
  }
  return rows.sort((a, b) => a.line - b.line);
}

const PROSE = /\p{L}{2,}[^\p{L}\n]{1,20}\p{L}{2,}/u;
const isComment = (line: string): boolean => /^(?:\/\/|#|\/\*)/.test(line);
const isAlone = (tree: CodeTree, node: number): boolean => isComment(lineText(tree, lineOf(tree, node)));

function match(text: string, suppressions: readonly Suppression[]): Omit<Row, 'line'> | null {
  for (const { tool, pattern, isBlanketWithoutChecks } of suppressions) {
    const found = pattern.exec(text);
    if (!found) continue;
    const { checks = '', reason = '' } = found.groups ?? {};
    return {
      tool,
      checks: isBlanketWithoutChecks ? [] : namesIn(checks),
      hasReason: /\p{L}{2,}.*\p{L}/u.test(reason),
      text: text.slice(0, 200),
    };
  }
  return null;
}

function namesIn(checks: string): string[] {
  return checks
    .split(/[\s,]+/)
    .map((name) => name.replace(/^["']|["']$/g, '').trim())
    .filter((name) => /\w/.test(name))
    .slice(0, 20);
}
