import { baseName } from '../paths';

const DIRECTORY =
  /(?:^|\/)(?:adrs?|decisions?|decision[-_]records?|architecture[-_]decisions?|architecture[-_]decision[-_]records?|rfcs)\/(?:[^/]+\/)?[^/]+\.(?:md|mdx|rst|adoc)$/i;
const NOT_A_RECORD =
  /^(?:readme|index|_?template|.*[-_.]template|template[-_.].*|contributing|0+[-_](?:template|index)|about|process)\b/i;
const NUMBERED = /^(?:adr|rfc|dr|decision)?[-_ ]?(?<number>\d{1,8})(?=[-_. ]|$)/i;

/** A heading, a field, a bullet or a table row that names the status. */
const STATUS_LINE =
  /^[\s>|*+-]{0,6}(?:\*\*|__)?(?:status|state|ステータス|状態|状況)(?:\*\*|__)?\s*[:：|](?:\*\*|__)?\s*(?<value>[^\n|]{1,200})/imu;
const STATUS_HEADING =
  /^(?:#{1,6}\s*|={1,4}\s*)?(?:\d+\.\s*)?(?:status|state|ステータス|状態|状況)\s*#*\n(?:[=~^-]{3,}\n)?(?:\s*\n){0,3}(?<value>[^\n]{1,200})/imu;
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
  const value = STATUS_LINE.exec(text)?.groups?.value ?? STATUS_HEADING.exec(text)?.groups?.value;
  return value !== undefined && !UNSET.test(value.trim());
}
