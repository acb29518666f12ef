import { showHidden } from '@/lib/magics/hidden-text';

const WORD_JOINER = '\u2060';
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * Text that programs make nothing of: no mention, no link, one line in the direction of the rest. Repositories choose names and
 * paths. It looks the same, but for characters that nobody sees: those are told by their numbers.
 */
export function plainWords(text: string): string {
  return showHidden(text.replace(UNFIT, ' '))
    .replace(/@(?=[\p{L}\p{N}_&!])/gu, `@${WORD_JOINER}`)
    .replace(/(?<=[a-z]):(?=\/\/)/gi, `:${WORD_JOINER}`)
    .replace(/\bwww\.(?=\S)/gi, (start) => `${start}${WORD_JOINER}`)
    .trim();
}

/** The same, of at most so many characters; what is far beyond is not looked at. */
export function plainCut(text: string, most: number): string {
  return cut(plainWords(cut(text, 2 * most)), most);
}

/** At most so many characters, whole ones, with a mark where it was cut. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 1);
  // Half a pair is no character.
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
