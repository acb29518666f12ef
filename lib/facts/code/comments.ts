import type { BlobFacts } from '../blob-facts';
import { type CodeTree, endLineOf, lineOf, nodesWithRole, textOf } from './code-tree';

const MAX_TEXT = 1_000;
/** More comments than this in one file are machine-made. */
const MAX_COMMENTS = 20_000;

export function collectComments(tree: CodeTree): BlobFacts['comments'] {
  const { docComment } = tree.grammar.table;
  return nodesWithRole(tree, 'comment')
    .slice(0, MAX_COMMENTS)
    .filter((node) => !textOf(tree, node, 2).startsWith('#!') || lineOf(tree, node) > 1)
    .map((node) => {
      const raw = textOf(tree, node, 4000);
      const isBlock = /^(?:\/\*|=begin)/.test(raw);
      return {
        line: lineOf(tree, node),
        endLine: endLineOf(tree, node),
        text: commentText(raw),
        kind: docComment.test(raw) ? ('doc' as const) : isBlock ? ('block' as const) : ('line' as const),
      };
    });
}

/** Text of a comment without its marks, white space folded. */
export function commentText(raw: string): string {
  return raw
    .replace(/^(?:\/\*[*!]?|\/\/[/!]?|=begin|#+|<!--)/, '')
    .replace(/(?:\*\/|-->|\n=end)\s*$/, '')
    .replace(/^[ \t]*(?:\*|\/\/|#)(?=[ \t\r\n]|$)/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_TEXT);
}
