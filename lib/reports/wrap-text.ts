const WIDE = /[\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3fffd}]/u;
/** Of Japanese and Latin text: what does not begin a line, and what does not end one. */
const NO_START = new Set(
  '、。，．・：；？！）〕］｝〉》」』】ー々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ%,.:;?!)]}…'.normalize('NFC'),
);
const NO_END = new Set('（〔［｛〈《「『【([{“');
/** Paths and names have no spaces. */
const DELIMITERS = new Set('/\\-_');

/** Lines no wider than `width`, in time linear in the text: a word that is wider itself is cut anywhere. */
export function wrapText(text: string, width: number, advanceOf: (character: string) => number): string[] {
  const characters = [...text];
  const lines: string[] = [];
  let start = 0;
  let taken = 0;
  /** Where the line may end, and how wide it is up to there. */
  let place = { at: 0, taken: 0 };
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    if (index > start && mayBreak(characters[index - 1] ?? '', character)) place = { at: index, taken };
    const advance = advanceOf(character);
    if (taken + advance > width && index > start) {
      const end = place.at > start ? place : { at: index, taken };
      lines.push(characters.slice(start, end.at).join('').trimEnd());
      start = end.at;
      taken -= end.taken;
      place = { at: start, taken: 0 };
    }
    taken += advance;
  }
  lines.push(characters.slice(start).join('').trimEnd());
  return lines;
}

function mayBreak(before: string, after: string): boolean {
  if (after === ' ' || NO_START.has(after) || NO_END.has(before)) return false;
  return before === ' ' || DELIMITERS.has(before) || WIDE.test(before) || WIDE.test(after);
}
