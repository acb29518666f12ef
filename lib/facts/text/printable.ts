const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029]+/gu;

/** The text on one line, without what a terminal or a database would take amiss. */
export function toPrintable(text: string): string {
  return text.replace(UNPRINTABLE, ' ');
}
