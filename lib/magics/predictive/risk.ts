import { isOwnWork, isRelease } from '../commits';
import { isCorrective } from '../corrective';
import type { FileFact, FunctionFact } from '../facts/code';
import type { CommitFact } from '../facts/history';
import { compareText } from '../hash';

/** What tells how likely a file is to be mended next, from history up to one moment. */
export interface FileFeatures {
  path: string;
  codeLines: number;
  /** Of any kind: changes count comments and blank lines too. */
  lines: number;
  /** Sum of the cyclomatic complexity of its functions. */
  complexity: number;
  revisions: number;
  fixes: number;
  /** Σ over fixes 1/(1+e^(−12t+12)), t = 0 oldest … 1 newest, as bugspots counts. */
  fixRecency: number;
  /** Lines added and deleted since the file was added, over the lines it has. */
  relativeChurn: number;
  churnedLines: number;
  authors: number;
}

export interface FileRisk extends FileFeatures {
  /** Percentile ranks among the files, 0–1. */
  ranks: { revisions: number; complexity: number; fixes: number; churn: number; authors: number };
  /** Percentile of revisions times percentile of complexity. */
  hotspot: number;
  /** A relative index, not a probability, 0–1. */
  risk: number;
}

export interface RiskInput {
  files: readonly FileFact[];
  functions: readonly FunctionFact[];
  /** Newest first. */
  commits: readonly CommitFact[];
}

/** Changes of more files than this are sweeps (formatting, renames) and tell nothing about one file. */
const MAX_FILES = 60;

const WEIGHTS = { revisions: 2, complexity: 1.2, fixes: 1.6, churn: 0.6, authors: 0.6 } as const;
const BIAS = -3.4;

export function isTelling(commit: CommitFact): boolean {
  return isOwnWork(commit) && !isRelease(commit) && commit.files.length > 0 && commit.files.length <= MAX_FILES;
}

/**
 * Features of production files as they were at `until`: later commits are taken off the size, and complexity shrinks
 * with it, so that a back-test does not see its own future. Files younger than that are left out.
 */
export function readFeatures({ files, functions, commits }: RiskInput, until: number): FileFeatures[] {
  const complexity = new Map<string, number>();
  for (const { path, cyclomatic } of functions) complexity.set(path, (complexity.get(path) ?? 0) + cyclomatic);

  const later = new Map<string, number>();
  const born = new Set<string>();
  for (const commit of commits) {
    if (commit.committedAt <= until) continue;
    for (const { path, status, added, deleted } of commit.files) {
      later.set(path, (later.get(path) ?? 0) + (added ?? 0) - (deleted ?? 0));
      if (status === 'A') born.add(path);
    }
  }

  const telling = commits.filter((commit) => commit.committedAt <= until && isTelling(commit));
  const oldest = telling.at(-1)?.committedAt ?? until;
  const span = Math.max(1, until - oldest);
  const tallies = new Map<
    string,
    { revisions: number; fixes: number; recency: number; churn: number; authors: Set<string> }
  >();
  for (const commit of telling) {
    const isFix = isCorrective(commit);
    const t = (commit.committedAt - oldest) / span;
    for (const { path, status, added, deleted } of commit.files) {
      const tally = tallies.get(path) ?? { revisions: 0, fixes: 0, recency: 0, churn: 0, authors: new Set<string>() };
      tally.revisions += 1;
      if (status !== 'A') tally.churn += (added ?? 0) + (deleted ?? 0);
      tally.authors.add(commit.author);
      if (isFix) {
        tally.fixes += 1;
        tally.recency += 1 / (1 + Math.exp(-12 * t + 12));
      }
      tallies.set(path, tally);
    }
  }

  return files
    .filter((file) => file.role === 'production' && file.skipped === null && file.codeLines > 0 && !born.has(file.path))
    .map((file) => {
      const tally = tallies.get(file.path);
      const total = file.codeLines + file.commentLines + file.blankLines;
      const shrink = Math.min(1, Math.max(0, (total - (later.get(file.path) ?? 0)) / total));
      const codeLines = Math.max(1, Math.round(file.codeLines * shrink));
      const lines = Math.max(1, Math.round(total * shrink));
      return {
        path: file.path,
        codeLines,
        lines,
        complexity: (complexity.get(file.path) ?? 0) * shrink,
        revisions: tally?.revisions ?? 0,
        fixes: tally?.fixes ?? 0,
        fixRecency: tally?.recency ?? 0,
        relativeChurn: (tally?.churn ?? 0) / lines,
        churnedLines: tally?.churn ?? 0,
        authors: tally?.authors.size ?? 0,
      };
    });
}

/** Share of values that are smaller, equal ones counted half: 0–1, and 0 for nothing at all. */
export function percentileRanks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const below = new Map<number, { first: number; count: number }>();
  sorted.forEach((value, index) => {
    const known = below.get(value);
    if (known) known.count += 1;
    else below.set(value, { first: index, count: 1 });
  });
  return values.map((value) => {
    const place = below.get(value);
    if (!place || value === 0 || values.length === 1) return value === 0 ? 0 : 1;
    return (place.first + (place.count - 1) / 2) / (values.length - 1);
  });
}

/** Risk of each file against the others, riskiest first. Weights are fixed, so results compare between audits. */
export function rankRisks(features: readonly FileFeatures[]): FileRisk[] {
  const rank = (read: (file: FileFeatures) => number) => percentileRanks(features.map(read));
  const revisions = rank((file) => file.revisions);
  const complexity = rank((file) => file.complexity);
  const fixes = rank((file) => file.fixRecency);
  const churn = rank((file) => file.relativeChurn);
  const authors = rank((file) => file.authors);
  return features
    .map((file, index) => {
      const ranks = {
        revisions: revisions[index] ?? 0,
        complexity: complexity[index] ?? 0,
        fixes: fixes[index] ?? 0,
        churn: churn[index] ?? 0,
        authors: authors[index] ?? 0,
      };
      const sum =
        WEIGHTS.revisions * ranks.revisions +
        WEIGHTS.complexity * ranks.complexity +
        WEIGHTS.fixes * ranks.fixes +
        WEIGHTS.churn * ranks.churn +
        WEIGHTS.authors * ranks.authors;
      const risk = 1 / (1 + Math.exp(-(sum + BIAS)));
      return { ...file, ranks, hotspot: ranks.revisions * ranks.complexity, risk };
    })
    .sort((a, b) => b.risk - a.risk || b.codeLines - a.codeLines || compareText(a.path, b.path));
}
