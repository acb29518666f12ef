import type { CommentFact } from '@/lib/magics/facts/code';
import type { BlobRow } from '../blob-facts';
import type { LexerFamily } from './lexer-families';

export interface LexedText {
  codeLines: number;
  commentLines: number;
  blankLines: number;
  comments: BlobRow<CommentFact>[];
}

const MAX_COMMENT_CHARACTERS = 500;
const MAX_COMMENTS = 20_000;

/** Told of each comment and string, in order. */
export type OnSpan = (kind: 'comment' | 'string', start: number, end: number) => void;

/** Separates comments, strings and code. One pass; each character is looked at a bounded number of times. */
export function lexComments(text: string, family: LexerFamily, onSpan?: OnSpan): LexedText {
  if (family.isProse) return { ...countLines(text, new Uint8Array(0)), comments: [] };
  const state = { text, family, comments: [] as BlobRow<CommentFact>[] };
  const stops = stopCharacters(family);
  const lineStarts = startsOfLines(text);
  const kinds = new Uint8Array(lineStarts.length);
  let line = 0;
  let at = 0;
  if (text.startsWith('#!')) {
    at = endOfFirstLine(text);
    kinds[0] = 1;
  }
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      line += 1;
      at += 1;
      continue;
    }
    if (code === 32 || code === 9 || code === 13) {
      at += 1;
      continue;
    }
    const end = stops.has(code) ? commentEnd(state, at, lineStarts[line] ?? 0) : null;
    if (!end) {
      kinds[line] = (kinds[line] ?? 0) | 1;
      const start = at;
      at = stops.has(code) ? skipString(text, at, family) : at + 1;
      if (at > start + 1) onSpan?.('string', start, at);
      while (line + 1 < lineStarts.length && (lineStarts[line + 1] ?? 0) <= at - 1) {
        line += 1;
        kinds[line] = (kinds[line] ?? 0) | 1;
      }
      continue;
    }
    const first = line;
    while (line + 1 < lineStarts.length && (lineStarts[line + 1] ?? 0) < end.at) line += 1;
    for (let each = first; each <= line; each += 1) kinds[each] = (kinds[each] ?? 0) | 2;
    onSpan?.('comment', at, end.at);
    addComment(state.comments, text.slice(at, end.at), end.kind, first + 1, line + 1);
    at = end.at;
  }
  return { ...countLines(text, kinds), comments: state.comments };
}

function endOfFirstLine(text: string): number {
  const end = text.indexOf('\n');
  return end < 0 ? text.length : end;
}

function stopCharacters(family: LexerFamily): ReadonlySet<number> {
  const marks = [
    ...family.line,
    ...family.quotes,
    ...family.block.map(([open]) => open),
    ...(family.longQuotes ?? []).map(([open]) => open),
  ];
  return new Set(marks.map((mark) => mark.charCodeAt(0)));
}

function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

interface CommentEnd {
  at: number;
  kind: CommentFact['kind'];
}

function commentEnd(
  { text, family }: { text: string; family: LexerFamily },
  at: number,
  lineStart: number,
): CommentEnd | null {
  for (const [open, close] of family.block) {
    if (!text.startsWith(open, at)) continue;
    const end = family.nests ? nestedEnd(text, at, open, close) : text.indexOf(close, at + open.length);
    const isDoc = open === '/*' && text[at + 2] === '*' && text[at + 3] !== '/';
    return { at: end < 0 ? text.length : end + close.length, kind: isDoc ? 'doc' : 'block' };
  }
  for (const mark of family.line) {
    if (!text.startsWith(mark, at)) continue;
    if (family.lineStart && text.slice(lineStart, at).trim() !== '') return null;
    if (family.spaceBefore && at > lineStart && !/\s/.test(text[at - 1] ?? ' ')) return null;
    const end = text.indexOf('\n', at);
    return { at: end < 0 ? text.length : end, kind: 'line' };
  }
  return null;
}

/** Position of the last closing mark of a comment that may hold comments. */
function nestedEnd(text: string, start: number, open: string, close: string): number {
  let depth = 1;
  let at = start + open.length;
  let opening = text.indexOf(open, at);
  for (;;) {
    const closing = text.indexOf(close, at);
    if (closing < 0) return -1;
    while (opening >= 0 && opening < closing) {
      depth += 1;
      opening = text.indexOf(open, opening + open.length);
    }
    depth -= 1;
    if (depth === 0) return closing;
    at = closing + close.length;
  }
}

function skipString(text: string, at: number, family: LexerFamily): number {
  for (const [open, close] of family.longQuotes ?? []) {
    if (!text.startsWith(open, at)) continue;
    const end = text.indexOf(close, at + open.length);
    return end < 0 ? text.length : end + close.length;
  }
  const quote = text[at] ?? '';
  if (!family.quotes.includes(quote)) return at + 1;
  for (let next = at + 1; next < text.length; next += 1) {
    const character = text[next];
    if (character === '\\') next += 1;
    else if (character === quote) return next + 1;
    else if (character === '\n') return next;
  }
  return text.length;
}

function addComment(
  comments: BlobRow<CommentFact>[],
  raw: string,
  kind: CommentFact['kind'],
  line: number,
  endLine: number,
): void {
  if (comments.length >= MAX_COMMENTS) return;
  const text = raw
    .slice(0, MAX_COMMENT_CHARACTERS * 4)
    .replace(/^(?:\/\/+!?|\/\*+!?|#+[|=!]?|--+(?:\[=?\[)?|<!--+|<#|\{-|\(\*|;+|%+|"|(?:@?rem|::)(?=\s))/i, '')
    .replace(/(?:\*{1,40}\/|-{2,40}>|#>|-\}|\*\)|\]=?\]|\|#|=#)$/, '')
    .replace(/\n[ \t]*\*+(?=[ \t/]|\n|$)/g, '\n')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_COMMENT_CHARACTERS);
  if (text !== '') comments.push({ line, endLine, text, kind });
}

/** Lines without a kind hold only white space unless nothing was lexed at all. */
function countLines(text: string, kinds: Uint8Array): Pick<LexedText, 'codeLines' | 'commentLines' | 'blankLines'> {
  const counts = { codeLines: 0, commentLines: 0, blankLines: 0 };
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const [index, line] of lines.entries()) {
    const kind = kinds[index] ?? (line.trim() === '' ? 0 : 1);
    if (kind & 1) counts.codeLines += 1;
    else if (kind & 2) counts.commentLines += 1;
    else counts.blankLines += 1;
  }
  return counts;
}
