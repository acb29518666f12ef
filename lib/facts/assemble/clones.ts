import type { CloneFact } from '@/lib/magics/facts/code';
import { sha256 } from '@/lib/magics/hash';
import { CLONE_WINDOW_TOKENS, CLONE_WINNOW } from '../clone-window';
import { joinPrints, type PrintTable } from '../packed-prints';
import { alikeBefore, alikeFrom, readTokens, type TokenStream } from './token-stream';

export interface FingerprintedFile {
  path: string;
  /** See `readPrints`. */
  prints: Uint32Array;
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

/** Two fingerprints with the same hash, as indexes into the table; the first stands before the second. */
interface Match {
  a: number;
  b: number;
}

interface Code {
  paths: readonly string[];
  prints: PrintTable;
  streamOf(file: number): TokenStream;
}

/** Pairs of places with the same tokens: maximal runs of shared fingerprints at equal distances. Files sorted by path. */
export function findClones(files: readonly FingerprintedFile[]): CloneFact[] {
  const streams = new Map<number, TokenStream>();
  const code: Code = {
    paths: files.map(({ path }) => path),
    prints: joinPrints(files.map(({ prints }) => prints)),
    streamOf(file) {
      const known = streams.get(file) ?? readTokens(files[file]?.tokens ?? '');
      streams.set(file, known);
      return known;
    },
  };
  const runs = [...matchesByDiagonal(code.prints).values()].flatMap((pairs) => runsOf(code, pairs));
  return withoutContained(runs)
    .sort((x, y) => y.tokens - x.tokens || compareClones(x, y))
    .slice(0, MAX_CLONES)
    .sort(compareClones);
}

/**
 * Matches of two files whose tokens lie equally far apart belong to one diagonal; only they can form one run. A list of
 * pairs, one index after the other.
 */
function matchesByDiagonal(prints: PrintTable): Map<string, number[]> {
  const shared = sharedHashes(prints);
  const groups = new Map<number, number[]>();
  for (let print = 0; print < prints.size; print += 1) {
    const hash = at(prints.hash, print);
    if (!shared.has(hash)) continue;
    const known = groups.get(hash);
    if (known) known.push(print);
    else groups.set(hash, [print]);
  }
  const diagonals = new Map<string, number[]>();
  for (const group of groups.values()) {
    for (const [index, a] of group.entries()) {
      for (const b of group.slice(index + 1)) {
        const key = `${at(prints.file, a)}:${at(prints.file, b)}:${at(prints.token, b) - at(prints.token, a)}`;
        const known = diagonals.get(key);
        if (known) known.push(a, b);
        else diagonals.set(key, [a, b]);
      }
    }
  }
  return diagonals;
}

/** Those of several places, but not of too many. */
function sharedHashes({ hash }: PrintTable): Set<number> {
  const sorted = hash.slice().sort();
  const shared = new Set<number>();
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end += 1;
    const places = end - start;
    if (places > 1 && places <= MAX_PLACES) shared.add(at(sorted, start));
  }
  return shared;
}

const at = (numbers: Float64Array | Uint32Array, index: number): number => numbers[index] ?? 0;

function runsOf(code: Code, pairs: readonly number[]): CloneFact[] {
  const { token } = code.prints;
  const matches: Match[] = [];
  for (let index = 0; index < pairs.length; index += 2) {
    matches.push({ a: pairs[index] ?? 0, b: pairs[index + 1] ?? 0 });
  }
  matches.sort((x, y) => at(token, x.a) - at(token, y.a));
  const runs: CloneFact[] = [];
  let start = 0;
  for (let end = 1; end <= matches.length; end += 1) {
    const before = matches[end - 1];
    const here = matches[end];
    if (before && here && at(token, here.a) - at(token, before.a) <= MAX_GAP_TOKENS) continue;
    const clone = cloneOf(code, matches.slice(start, end));
    if (clone) runs.push(clone);
    start = end;
  }
  return runs;
}

function cloneOf(code: Code, run: readonly Match[]): CloneFact | null {
  const head = run[0];
  const tail = run.at(-1);
  if (!head || !tail) return null;
  const { file, token, hash } = code.prints;
  const kept = at(token, tail.a) - at(token, head.a) + CLONE_WINDOW_TOKENS;
  if (kept + 2 * MAX_OUTSIDE < MIN_TOKENS) return null;
  const outside = outsideOf(code, head, tail);
  const tokens = outside.before + kept + outside.after;
  const isOverlapping = at(file, head.a) === at(file, head.b) && at(token, head.b) - at(token, head.a) < tokens;
  if (tokens < MIN_TOKENS || isOverlapping) return null;
  const first = spanOf(code, head.a, tail.a, outside);
  const second = spanOf(code, head.b, tail.b, outside);
  const lines = Math.min(first.endLine - first.line, second.endLine - second.line) + 1;
  if (lines < MIN_LINES) return null;
  const name = sha256('clone', ...run.map(({ a }) => at(hash, a).toString(16))).slice(0, 32);
  return { first, second, tokens, lines, hash: name };
}

interface Outside {
  before: number;
  after: number;
}

/** Tokens that are alike on both sides of the windows. */
function outsideOf({ prints: { file, token }, streamOf }: Code, head: Match, tail: Match): Outside {
  const one = streamOf(at(file, head.a));
  const other = streamOf(at(file, head.b));
  const end = CLONE_WINDOW_TOKENS;
  return {
    before: alikeBefore(one, at(token, head.a), other, at(token, head.b), MAX_OUTSIDE),
    after: alikeFrom(one, at(token, tail.a) + end, other, at(token, tail.b) + end, MAX_OUTSIDE),
  };
}

function spanOf({ paths, prints, streamOf }: Code, head: number, tail: number, { before, after }: Outside): Span {
  const file = at(prints.file, head);
  const { lines } = streamOf(file);
  const last = at(prints.token, tail) + CLONE_WINDOW_TOKENS + after - 1;
  return {
    path: paths[file] ?? '',
    line: lines[at(prints.token, head) - before] ?? at(prints.line, head),
    endLine: Math.max(at(prints.endLine, tail), lines[last] ?? 0),
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
