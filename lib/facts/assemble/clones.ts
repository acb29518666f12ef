import type { CloneFact } from '@/lib/magics/facts';
import { sha256 } from '@/lib/magics/hash';
import type { TokenFingerprint } from '../blob-facts';
import { CLONE_WINDOW_TOKENS, CLONE_WINNOW } from '../clone-window';
import { alikeBefore, alikeFrom, readTokens, type TokenStream } from './token-stream';

export interface FingerprintedFile {
  path: string;
  fingerprints: readonly TokenFingerprint[];
  tokens?: string;
}

const MAX_PLACES = 50;
const MAX_CLONES = 500;
const MIN_TOKENS = 100;
const MIN_LINES = 10;
/** A clone may begin and end this much outside the windows that were kept. */
const MAX_OUTSIDE = CLONE_WINNOW - 1;

/** Windows of one run touch, so that every token of it was compared. */
const MAX_GAP_TOKENS = CLONE_WINDOW_TOKENS;

interface Match {
  /** Index into the list of files. */
  first: number;
  second: number;
  a: TokenFingerprint;
  b: TokenFingerprint;
}

/** Pairs of places with the same tokens: maximal runs of shared fingerprints at equal distances. Files sorted by path. */
export function findClones(files: readonly FingerprintedFile[]): CloneFact[] {
  const streams = new Map<number, TokenStream>();
  const streamOf = (file: number): TokenStream => {
    const known = streams.get(file) ?? readTokens(files[file]?.tokens ?? '');
    streams.set(file, known);
    return known;
  };
  const runs = [...matchesByDiagonal(files).values()].flatMap((matches) => runsOf(files, matches, streamOf));
  return withoutContained(runs)
    .sort((x, y) => y.tokens - x.tokens || compareClones(x, y))
    .slice(0, MAX_CLONES)
    .sort(compareClones);
}

/** Matches of two files whose tokens lie equally far apart belong to one diagonal; only they can form one run. */
function matchesByDiagonal(files: readonly FingerprintedFile[]): Map<string, Match[]> {
  const places = new Map<number, { file: number; print: TokenFingerprint }[]>();
  for (const [file, { fingerprints }] of files.entries()) {
    for (const print of fingerprints) {
      const known = places.get(print.hash);
      if (known) known.push({ file, print });
      else places.set(print.hash, [{ file, print }]);
    }
  }
  const diagonals = new Map<string, Match[]>();
  for (const group of places.values()) {
    if (group.length < 2 || group.length > MAX_PLACES) continue;
    for (const [index, one] of group.entries()) {
      for (let next = index + 1; next < group.length; next += 1) {
        const other = group[next];
        if (!other) continue;
        const key = `${one.file}:${other.file}:${other.print.token - one.print.token}`;
        const match = { first: one.file, second: other.file, a: one.print, b: other.print };
        const known = diagonals.get(key);
        if (known) known.push(match);
        else diagonals.set(key, [match]);
      }
    }
  }
  return diagonals;
}

type StreamOf = (file: number) => TokenStream;

function runsOf(files: readonly FingerprintedFile[], matches: Match[], streamOf: StreamOf): CloneFact[] {
  matches.sort((x, y) => x.a.token - y.a.token);
  const runs: CloneFact[] = [];
  let start = 0;
  for (let at = 1; at <= matches.length; at += 1) {
    const before = matches[at - 1];
    const here = matches[at];
    if (before && here && here.a.token - before.a.token <= MAX_GAP_TOKENS) continue;
    const clone = cloneOf(files, matches.slice(start, at), streamOf);
    if (clone) runs.push(clone);
    start = at;
  }
  return runs;
}

function cloneOf(files: readonly FingerprintedFile[], run: readonly Match[], streamOf: StreamOf): CloneFact | null {
  const head = run[0];
  const tail = run.at(-1);
  if (!head || !tail) return null;
  const kept = tail.a.token - head.a.token + CLONE_WINDOW_TOKENS;
  if (kept + 2 * MAX_OUTSIDE < MIN_TOKENS) return null;
  const { before, after } = outsideOf(head, tail, streamOf);
  const tokens = before + kept + after;
  const isOverlapping = head.first === head.second && head.b.token - head.a.token < tokens;
  if (tokens < MIN_TOKENS || isOverlapping) return null;
  const first = spanOf(files, head.first, head.a, tail.a, { before, after }, streamOf);
  const second = spanOf(files, head.second, head.b, tail.b, { before, after }, streamOf);
  const lines = Math.min(first.endLine - first.line, second.endLine - second.line) + 1;
  if (lines < MIN_LINES) return null;
  const hash = sha256('clone', ...run.map((match) => match.a.hash.toString(16))).slice(0, 32);
  return { first, second, tokens, lines, hash };
}

interface Outside {
  before: number;
  after: number;
}

/** Tokens that are alike on both sides of the windows. */
function outsideOf(head: Match, tail: Match, streamOf: StreamOf): Outside {
  const one = streamOf(head.first);
  const other = streamOf(head.second);
  const end = CLONE_WINDOW_TOKENS;
  return {
    before: alikeBefore(one, head.a.token, other, head.b.token, MAX_OUTSIDE),
    after: alikeFrom(one, tail.a.token + end, other, tail.b.token + end, MAX_OUTSIDE),
  };
}

function spanOf(
  files: readonly FingerprintedFile[],
  file: number,
  head: TokenFingerprint,
  tail: TokenFingerprint,
  { before, after }: Outside,
  streamOf: StreamOf,
): Span {
  const { lines } = streamOf(file);
  const last = tail.token + CLONE_WINDOW_TOKENS + after - 1;
  return {
    path: files[file]?.path ?? '',
    line: lines[head.token - before] ?? head.line,
    endLine: Math.max(tail.endLine, lines[last] ?? 0),
  };
}

/** Drops runs whose both sides lie within a longer one: repeated statements match at several distances. */
function withoutContained(runs: readonly CloneFact[]): CloneFact[] {
  const byFiles = new Map<string, CloneFact[]>();
  const ordered = [...runs].sort((x, y) => y.tokens - x.tokens || compareClones(x, y));
  return ordered.filter((clone) => {
    const key = `${clone.first.path}\n${clone.second.path}`;
    const kept = byFiles.get(key) ?? [];
    const isContained = kept.some(
      (other) => overlaps(clone.first, other.first) && overlaps(clone.second, other.second),
    );
    if (isContained || kept.length >= MAX_CLONES) return false;
    kept.push(clone);
    byFiles.set(key, kept);
    return true;
  });
}

type Span = CloneFact['first'];

function overlaps(a: Span, b: Span): boolean {
  return a.line <= b.endLine && b.line <= a.endLine;
}

function compareClones(x: CloneFact, y: CloneFact): number {
  return compareSpans(x.first, y.first) || compareSpans(x.second, y.second) || y.tokens - x.tokens;
}

function compareSpans(a: Span, b: Span): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.line - b.line || a.endLine - b.endLine;
}
