import type { CodeTree } from './code-tree';
import { flatten } from './flatten';
import type { LoadedLanguage } from './grammar';

/** Longest text given to a parser, in UTF-16 units. */
export const MAX_PARSE_LENGTH = 2 * 1024 * 1024;
export const PARSE_TIMEOUT_MS = 10_000;
/** Part of the text handed over at a time; the parser asks again for more. */
const CHUNK = 4096;

/** Null when the text is too long, or its parse takes too long or yields too large a tree. */
export function parse(text: string, { parser, grammar, calls }: LoadedLanguage): CodeTree | null {
  if (text.length > MAX_PARSE_LENGTH) return null;
  const deadline = performance.now() + PARSE_TIMEOUT_MS;
  const tree = parser.parse((index) => text.slice(index, index + CHUNK), null, {
    progressCallback: () => performance.now() > deadline,
  });
  if (!tree) {
    parser.reset();
    return null;
  }
  try {
    return flatten(tree, text, grammar, calls);
  } finally {
    tree.delete();
  }
}
