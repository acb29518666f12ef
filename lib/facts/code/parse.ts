import type { Tree } from 'web-tree-sitter';
import type { CodeTree } from './code-tree';
import { flatten } from './flatten';
import type { LoadedLanguage } from './grammar';

/** Longest text given to a parser, in UTF-16 units. */
export const MAX_PARSE_LENGTH = 2 * 1024 * 1024;
/** Calls of the parser's progress function, about a hundred steps each: unlike a clock, the same on every machine. */
export const MAX_PARSE_PROGRESS = 150_000;
/** Part of the text handed over at a time; the parser asks again for more. */
const CHUNK = 4096;

/** Null when the text is too long, or its parse takes too long or yields too large a tree. */
export function parse(text: string, language: LoadedLanguage): CodeTree | null {
  return withTree(text, language, (tree) => flatten(tree, text, language.grammar, language.calls));
}

/** Hands the parser's own tree on, which is gone afterwards. Null when there is none. */
export function withTree<Value>(
  text: string,
  { parser }: LoadedLanguage,
  use: (tree: Tree) => Value | null,
): Value | null {
  if (text.length > MAX_PARSE_LENGTH) return null;
  let progress = 0;
  const tree = parser.parse((index) => text.slice(index, index + CHUNK), null, {
    progressCallback: () => {
      progress++;
      return progress > MAX_PARSE_PROGRESS;
    },
  });
  if (!tree) {
    parser.reset();
    return null;
  }
  try {
    return use(tree);
  } finally {
    tree.delete();
  }
}
