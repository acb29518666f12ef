import type { RE2JS } from 're2js';
import { MAX_MATCHES_OF_FILE, type MatcherResult, unreadResult } from './blob-matches';

/** Steps that a pattern may take in one pass over a text: its size times the text's. The same on every machine. */
const MAX_WORK = 500_000_000;
/** Between two matches of a pattern that goes over lines; each of them may read on to the end of the text. */
const MAX_MATCHING_MS = 4_000;
const MAX_MATCH = 100;
/** Of one line, where what was found were blanks that stand for another part of the text. */
const MAX_TRIES = 100;

export interface MatchedText {
  /** As it is in the file, with line ends of one character. */
  lines: readonly string[];
  /** What the pattern sees: the same lines, perhaps with parts blanked. */
  seen: string;
}

interface AskedPattern {
  pattern: RE2JS;
  spansLines: boolean;
}

/** One match a line at most: by RE2, without ever going back. */
export function matchPattern(asked: AskedPattern, text: MatchedText): MatcherResult {
  if (text.seen.length * asked.pattern.programSize() > MAX_WORK) return unreadResult('too-much-work');
  return asked.spansLines ? matchWhole(asked.pattern, text) : matchLines(asked.pattern, text);
}

function matchLines(pattern: RE2JS, { lines, seen }: MatchedText): MatcherResult {
  const result: MatcherResult = { rows: [], more: 0, unread: null };
  let start = 0;
  for (let line = 1; start <= seen.length; line++) {
    const found = seen.indexOf('\n', start);
    const end = found < 0 ? seen.length : found;
    const match = end > start ? firstMatch(pattern, seen.slice(start, end)) : null;
    if (match !== null) add(result, lines, { line, endLine: line, match });
    start = end + 1;
  }
  return result;
}

/** Blanks alone are what was taken out of the text, or say nothing. */
function firstMatch(pattern: RE2JS, line: string): string | null {
  const matcher = pattern.matcher(line);
  for (let tries = 0; tries < MAX_TRIES && matcher.find(); tries++) {
    const match = line.slice(matcher.start(), matcher.end());
    if (match.trim() !== '') return match;
  }
  return null;
}

function matchWhole(pattern: RE2JS, { lines, seen }: MatchedText): MatcherResult {
  const result: MatcherResult = { rows: [], more: 0, unread: null };
  const deadline = performance.now() + MAX_MATCHING_MS;
  const matcher = pattern.matcher(seen);
  let line = 1;
  let at = 0;
  const lineAt = (offset: number) => {
    for (let next = seen.indexOf('\n', at); next >= 0 && next < offset; next = seen.indexOf('\n', at)) {
      line += 1;
      at = next + 1;
    }
    return line;
  };
  let from = 0;
  while (from < seen.length && matcher.find(from)) {
    const [start, end] = [matcher.start(), matcher.end()];
    const match = seen.slice(start, end);
    const first = lineAt(start);
    const isBlank = match.trim() === '';
    const last = isBlank ? first : lineAt(Math.max(start, end - 1));
    if (!isBlank) add(result, lines, { line: first, endLine: last, match });
    const lineEnd = seen.indexOf('\n', Math.max(start, end - 1));
    from = isBlank ? Math.max(end, start + 1) : lineEnd < 0 ? seen.length : lineEnd + 1;
    if (performance.now() > deadline) return unreadResult('timeout');
  }
  return result;
}

export function add(
  result: MatcherResult,
  lines: readonly string[],
  { line, endLine, match }: { line: number; endLine: number; match: string },
): void {
  if (result.rows.length >= MAX_MATCHES_OF_FILE) {
    result.more += 1;
    return;
  }
  const text = (lines[line - 1] ?? '').trim().slice(0, 1_000);
  result.rows.push({
    line,
    endLine,
    text,
    match: match
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, MAX_MATCH * 10),
  });
}

/** After credentials are masked: a cut one is no longer known as one. */
export function shorten(result: MatcherResult): MatcherResult {
  const rows = result.rows.map((row) => ({
    ...row,
    text: row.text.slice(0, 200),
    match: row.match.slice(0, MAX_MATCH),
  }));
  return { ...result, rows };
}
