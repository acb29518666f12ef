import type { BlobFacts } from '../blob-facts';
import type { Suppression } from '../languages/types';
import { type CodeTree, lineOf, nodesWithRole, textOf } from './code-tree';
import { commentText } from './comments';

type Row = BlobFacts['suppressions'][number];

export function collectSuppressions(tree: CodeTree): Row[] {
  const { suppressions } = tree.grammar.table;
  const inComments = suppressions.filter((suppression) => !suppression.inAttribute);
  const inAttributes = suppressions.filter((suppression) => suppression.inAttribute);
  const rows: Row[] = [];
  for (const node of nodesWithRole(tree, 'comment')) {
    const raw = textOf(tree, node, 1000);
    // A comment may carry several marks, one after the other: `# noqa: E501  # type: ignore[x]`.
    for (const part of raw.startsWith('#') ? raw.split(/\s#\s*/) : [raw]) {
      const row = match(commentText(part), inComments);
      if (row) rows.push({ line: lineOf(tree, node), ...row });
    }
  }
  if (inAttributes.length > 0) {
    for (const node of nodesWithRole(tree, 'attribute')) {
      const text = textOf(tree, node, 1000).replace(/\s+/g, ' ');
      const row = match(text, inAttributes);
      if (row) rows.push({ line: lineOf(tree, node), ...row });
    }
  }
  return rows.sort((a, b) => a.line - b.line);
}

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
