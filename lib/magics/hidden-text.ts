/** What turns text around, shows as nothing, or carries text that nobody sees; tabs and line ends are text. */
const HIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{DI}\u2800\ufff9-\ufffb\ufffe\uffff]/u;

/** Scripts whose words are written with joiners. */
const JOINED =
  '\\p{sc=Arab}\\p{sc=Syrc}\\p{sc=Nkoo}\\p{sc=Mong}\\p{sc=Deva}\\p{sc=Beng}\\p{sc=Guru}\\p{sc=Gujr}\\p{sc=Orya}\\p{sc=Taml}\\p{sc=Telu}\\p{sc=Knda}\\p{sc=Mlym}\\p{sc=Sinh}\\p{sc=Khmr}\\p{sc=Mymr}';
const EMOJI = '\\p{ExtPict}[\\ufe0e\\ufe0f]?\\p{EMod}?';

/** Where the same characters are part of how something is written. */
const WRITTEN = [
  // A flag of a region.
  '\\u{1f3f4}[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{3,6}\\u{e007f}',
  `${EMOJI}(?:\\u200d${EMOJI})*`,
  '[0-9#*]\\ufe0f\\u20e3',
  '\\p{sc=Han}[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]',
  '\\p{sc=Mong}[\\u180b-\\u180d\\u180f]',
  '\\p{Sm}\\ufe00',
  '\\u115f(?=[\\u1161-\\u11a7])',
  '(?<=[\\u1100-\\u115e])\\u1160',
  `(?<=[${JOINED}]\\p{M}{0,4})[\\u200c\\u200d](?=[${JOINED}\\p{M}])`,
].join('|');
const PARTS = new RegExp(`(?:${WRITTEN})|(${HIDDEN.source})`, 'gu');

/** The text with its hidden characters told by their numbers, as `U+202E`. */
export function showHidden(text: string): string {
  if (!HIDDEN.test(text)) return text;
  return text.replace(PARTS, (part, hidden?: string) => (hidden === undefined ? part : codePoint(hidden)));
}

/** Whether somebody who reads it sees all of it, in its order. */
export function isSeen(text: string): boolean {
  return showHidden(text) === text;
}

/** The number of a character, as Unicode writes it: `U+202E`. */
export const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
