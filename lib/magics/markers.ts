import { compareText } from './hash';
import { maskQuoted } from './quoted';

/** Words that teams leave in comments for work that is not done. */
const MARKER_WORDS = ['TODO', 'FIXME', 'HACK', 'XXX'] as const;
export type MarkerWord = (typeof MARKER_WORDS)[number];

export interface Marker {
  /** As reported: the word in capitals, or the Japanese or team term as written. */
  word: string;
  /** The meaning, for severities: Japanese and team terms map to the nearest word. */
  kind: MarkerWord;
  /** What follows the word, at most 120 characters. */
  note: string;
}

/** At the start of a comment: capitals, or any case with a colon, a bracket or something to do behind it. */
const LEADING =
  /^[^\p{L}\p{N}"'`<]*@?(?<word>TODO|FIXME|HACK|XXX)(?![\p{L}\p{N}_/-]|\.(?!\s|$)|["'`]|::)|^[^\p{L}\p{N}"'`<]*(?<tagged>FIXME)[-_]\p{L}/u;
const LEADING_ANY_CASE =
  /^[^\p{L}\p{N}"'`<]*(?:@(?<tag>todo|fixme|hack|xxx)(?![\w-])|(?<word>todo|to-do|fixme|hack|xxx)\s*(?:\([^)]{1,60}\)\s*)?:(?!:)|(?<order>todo|fixme)(?:[,;.!]?\s+(?=\p{L})|\W*$))/iu;
/** In the middle of a comment only as a label: `… TODO: …`, `FIXME(ann): …`. */
const INNER =
  /(?<=[\s([{*])@?(?<word>TODO|To-?[Dd]o|FIXME|HACK|XXX)(?=\([^)]{1,60}\)|:(?!:))|(?:^|\s)\.\. (?<tag>todo)::|\((?<tagged>TODO|FIXME)\)/u;
/** Without a colon where a sentence begins with it, or where it tells somebody what to do. */
const INNER_SENTENCE = /[.;*>!?)}'"-]\s+@?(?<word>TODO|FIXME|XXX)(?=\s+[\p{L}(-])/u;
const NOT_THE = String.raw`(?<!\b(?:an?|the|this|that|see|of|each|every|any|all|as|with|no|and|or|your|my|in|to|for|is|are|like|same|from|by|on|adds?) )`;
const INNER_ORDER = new RegExp(
  String.raw`${NOT_THE}(?<=\s)(?<word>TODO|FIXME)(?=!|\s+(?:-\s+)?(?!above|below|in\b|is [^t]|are|was|at|here)[a-z])|(?<=\s)(?<tag>XXX)(?=\s+(?:add|fix|remove|check|make|this|should|we|need|use)\b)`,
  'u',
);
/** Behind all else, also behind code that was commented out. */
const TRAILING = new RegExp(
  String.raw`(?:#|\/\/)\s?(?<tag>TODO|todo|FIXME|fixme|HACK|XXX)(?![\w/-])|${NOT_THE}(?<=[\s(])(?<word>TODO|FIXME|XXX)\W{0,4}$`,
  'u',
);
/** Words about the marker rather than a marker: `TODO comments`, `XXX placeholder`. */
const ABOUT =
  /^\s*(?:comments?|markers?|tags?|notes?|lists?|items?|apps?|rules?|entr(?:y|ies)|tasks?|models?|components?|files?|pages?|examples?|demos?|s)\b(?!\s*:)/i;

const NOTE = 120;

const JAPANESE: readonly { pattern: RegExp; kind: MarkerWord }[] = [
  { pattern: /仮実装|暫定(?:対応|実装|処理|処置|措置|対処|版)/u, kind: 'HACK' },
  {
    pattern:
      /(?:後で|あとで|後ほど|のちほど)(?:必ず|ちゃんと|きちんと)?(?:実装|直す|直し|修正|対応|消す|削除する|書く|書き直|やる|考える|確認する|追加する|整理|リファクタ|変更する|置き換え)/u,
    kind: 'TODO',
  },
  { pattern: /(?:^|[\s【[(（])(?:要修正|要対応|要実装|未実装|未対応)(?=$|[\s。．:：、】\])）])/u, kind: 'FIXME' },
];

/** Every marker but a team's own holds one of these; most comments hold none, and cost one look. */
const HINT = /to-?do|fixme|hack|xxx|仮実装|暫定|後で|あとで|後ほど|のちほど|要修正|[要未](?:対応|実装)/i;

/** The first marker of a comment, null without one. Prose that only mentions a word is none. */
export function findMarker(comment: string, extra: readonly string[] = []): Marker | null {
  if (!HINT.test(comment) && !extra.some((term) => comment.includes(term))) return null;
  const text = maskQuoted(comment);
  const english =
    LEADING.exec(text) ??
    LEADING_ANY_CASE.exec(text) ??
    INNER.exec(text) ??
    INNER_SENTENCE.exec(text) ??
    INNER_ORDER.exec(text) ??
    TRAILING.exec(text);
  const { word: plain, tag, tagged, order } = english?.groups ?? {};
  const word = plain ?? tag ?? tagged ?? order;
  if (english && word) {
    const end = english.index + english[0].length;
    const note = comment.slice(end, end + NOTE);
    const kind = word.toUpperCase().replace('-', '') as MarkerWord;
    if (!ABOUT.test(note)) return { word: kind, kind, note };
  }
  for (const { pattern, kind } of JAPANESE) {
    const match = pattern.exec(text);
    if (match)
      return { word: match[0].replace(/^[\s【[(（]/u, ''), kind, note: comment.slice(match.index, match.index + NOTE) };
  }
  for (const term of [...extra].sort(compareText)) {
    const at = term === '' ? -1 : text.indexOf(term);
    if (at >= 0) return { word: term, kind: 'TODO', note: comment.slice(at + term.length, at + term.length + NOTE) };
  }
  return null;
}

const TRACKED = [
  /^\s*(?:\([^)\s][^)]*\)|\[[^\]\s][^\]]*\]|@[\p{L}\p{N}_][\p{L}\p{N}_.-]*)/u,
  /(?:^|[\s([{:,])#\d+\b/,
  /\b(?:GH|PR|issue|bug|ticket|rdar|b|crbug)[-\s/#:]*\d{2,}\b/i,
  /\b(?!(?:UTF|ISO|SHA|MD|RFC|AES|TLS|IEEE|BASE|IPV|HTTP|CP)-?\d)[A-Z][A-Z0-9_]{1,9}-\d+\b/,
  /\bhttps?:\/\/\S+/,
  /\b20\d{2}[-/.](?:0?[1-9]|1[0-2])(?:[-/.]\d{1,2})?\b/,
  /20\d{2}\s*年/u,
  /(?:担当|期限)\s*[:：]/u,
];

/** Names an owner, an issue or a date, so that somebody can be asked. */
export function isTracked(note: string): boolean {
  return TRACKED.some((pattern) => pattern.test(note));
}
