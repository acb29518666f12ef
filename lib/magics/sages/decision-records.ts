import { baseName } from '../paths';

const DIRECTORY =
  /(?:^|\/)(?:adrs?|decisions?|decision[-_]records?|architecture[-_]decisions?|architecture[-_]decision[-_]records?|rfcs)\/(?:[^/]+\/)?[^/]+\.(?:md|mdx|rst|adoc)$/i;
const NOT_A_RECORD =
  /^(?:readme|index|_?template|.*[-_.]template|template[-_.].*|contributing|0+[-_](?:template|index)|about|process)\b/i;
const NUMBERED = /^(?:adr|rfc|dr|decision)?[-_ ]?(?<number>\d{1,8})(?=[-_. ]|$)/i;

/** A heading, a field, a bullet or a table row that names the status. */
const STATUS_LINE =
  /^[ \t>|*+-]{0,6}(?:\*\*|__)?(?:status|state|ステータス|状態|状況)(?:\*\*|__)?[ \t]{0,10}[:：|](?:\*\*|__)?[ \t]{0,10}(?<value>[^\n|]{1,200})/im;
const STATUS_HEADING =
  /^(?:#{1,6}[ \t]{0,10}|={1,4}[ \t]{0,10})?(?:\d{1,3}\.[ \t]{0,10})?(?:status|state|ステータス|状態|状況)[ \t]{0,10}#{0,6}$/i;
const UNDERLINE = /^[=~^-]{3,}$/;
/** The value stands this close under its heading. */
const LINES_BELOW = 4;
/** What templates leave to be filled in: a choice, a blank. */
const UNSET =
  /^[\s<>[\]{}()_*`?.-]*$|^\W*(?:tbd|todo|fixme|xxx)\b|\|.*\||(?:proposed|accepted|rejected)\s*[|/,]\s*(?:proposed|accepted|rejected)/i;

export function isDecisionRecord(path: string): boolean {
  return DIRECTORY.test(path) && !NOT_A_RECORD.test(baseName(path)) && !/(?:^|\/)templates?\//i.test(path);
}

/** Digits of the name as written, without leading zeros; null without a number. */
export function numberOf(path: string): string | null {
  return NUMBERED.exec(baseName(path))?.groups?.number?.replace(/^0+(?=\d)/, '') ?? null;
}

export function hasStatus(text: string): boolean {
  const value = STATUS_LINE.exec(text)?.groups?.value ?? valueUnderHeading(text);
  return value !== null && !UNSET.test(value.trim());
}

function valueUnderHeading(text: string): string | null {
  const lines = text.split('\n').map((line) => line.trim());
  const heading = lines.findIndex((line) => STATUS_HEADING.test(line.slice(0, 100)));
  if (heading < 0) return null;
  const below = lines.slice(heading + 1, heading + 1 + LINES_BELOW);
  return below.find((line) => line !== '' && !UNDERLINE.test(line))?.slice(0, 200) ?? null;
}
