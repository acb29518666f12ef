import type { BlobFacts } from '../blob-facts';
import { type CodeTree, endOf, lineAt, nodesWithRole, startOf } from './code-tree';

const MAX_ROWS = 200;
const MAX_TEXT = 100;

/** Conditions that hold only while tests run. Matches inside comments and literals are talk about code. */
export function collectTestBranches(tree: CodeTree): BlobFacts['testBranches'] {
  const { testBranch } = tree.grammar.table;
  if (!testBranch) return [];
  const matches = [...tree.text.matchAll(testBranch)].slice(0, MAX_ROWS);
  if (matches.length === 0) return [];
  const silent = [...nodesWithRole(tree, 'comment'), ...nodesWithRole(tree, 'string')];
  return matches.flatMap((match) => {
    const end = match.index + match[0].length;
    const isTalk = silent.some((node) => startOf(tree, node) <= match.index && endOf(tree, node) >= end);
    return isTalk ? [] : [{ line: lineAt(tree, match.index), text: match[0].replace(/\s+/g, ' ').slice(0, MAX_TEXT) }];
  });
}
