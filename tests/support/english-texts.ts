import { messagesIn } from '@/lib/i18n/messages';

/** A sentence, not a name, a path or the id of a rule. */
const THREE_WORDS = /[A-Za-z]?[a-z’]+(?:,? [a-z’]+){2,}/;

const translated = pairsOf(messagesIn('en'), messagesIn('ja'));

/** Those of the texts that a Japanese reader should not meet. */
export function englishAmong(texts: readonly string[]): string[] {
  return texts.filter((text) => translated.has(text) || THREE_WORDS.test(text));
}

/** English texts of the dictionary that Japanese says differently. */
function pairsOf(english: object, japanese: object): Set<string> {
  const texts = new Set<string>();
  for (const [key, value] of Object.entries(english)) {
    const other = (japanese as Record<string, unknown>)[key];
    if (typeof value === 'string' && value !== other && value.length > 2) texts.add(value);
    if (typeof value === 'object' && value !== null) {
      for (const text of pairsOf(value, other as object)) texts.add(text);
    }
  }
  return texts;
}
