/** What turns text around, hides it or moves the cursor; line ends and tabs become spaces. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
/** `[text](2)` and `[text](https://…)`, as messages of SARIF name places. */
const LINK = /\[((?:[^[\]\\]|\\.){1,500})\]\([^()\s]{1,2000}\)/g;

/** One line of plain text without anything that is not seen, cut to `longest` characters. */
export function plainText(text: string, longest: number): string {
  // Cut first: what is beyond is not worth reading.
  const near = text.slice(0, longest * 8).replace(LINK, '$1');
  const seen = near
    .replace(UNSEEN, (character) => (/\s/.test(character) ? ' ' : ''))
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = [...seen];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : seen;
}
