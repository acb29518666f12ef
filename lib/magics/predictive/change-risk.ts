import { isCorrective } from '../corrective';
import type { CommitFact } from '../facts/history';
import { compareText } from '../hash';
import { directoryOf } from '../paths';
import { CHANGE_WEIGHTS } from './change-weights';
import { isTelling, percentileRanks } from './risk';
import { normalisedEntropy } from './trend';

const DAY = 86_400;

/** What Kamei's study found to tell which changes bring defects, as known when the change was made. */
export interface ChangeFactors {
  subsystems: number;
  directories: number;
  files: number;
  /** Spread of the changed lines over its files, bits. */
  entropy: number;
  added: number;
  deleted: number;
  isFix: number;
  /** People who changed each of its files before, on average. */
  developersPerFile: number;
  /** Earlier changes of each of its files, on average. */
  changesPerFile: number;
  /** Mean days since its files last changed. */
  age: number;
  /** Earlier changes by its author; newer ones count more; those in the same subsystems. */
  experience: number;
  recentExperience: number;
  subsystemExperience: number;
}

export interface ChangeRisk {
  commit: CommitFact;
  factors: ChangeFactors;
  /** People who changed any of its files before. */
  developers: number;
  /** Earlier changes of all its files. */
  priorChanges: number;
  /** Percentile among the changes of the window, 0–1. */
  rank: number;
}

const FACTORS = Object.keys(CHANGE_WEIGHTS) as (keyof ChangeFactors)[];

interface Past {
  lastAt: number;
  changes: number;
  people: Set<string>;
}

const subsystemOf = (path: string) => directoryOf(path).split('/').slice(0, 2).join('/');

/** Changes of the product in the window against one another, riskiest first. */
export function rankChanges(commits: readonly CommitFact[], isSubject: (path: string) => boolean): ChangeRisk[] {
  const past = new Map<string, Past>();
  const work = new Map<string, { at: number; subsystems: Set<string> }[]>();
  const found: Omit<ChangeRisk, 'rank'>[] = [];
  for (const commit of [...commits].reverse()) {
    if (!isTelling(commit)) continue;
    const own = commit.files.filter(({ path }) => isSubject(path));
    if (own.length === 0) continue;
    const earlier = work.get(commit.author) ?? [];
    const known = own.flatMap(({ path }) => past.get(path) ?? []);
    found.push({
      commit,
      factors: factorsOf(commit, own, known, earlier),
      developers: new Set(known.flatMap(({ people }) => [...people])).size,
      priorChanges: sum(known.map(({ changes }) => changes)),
    });
    for (const { path } of own) {
      const file = past.get(path) ?? { lastAt: 0, changes: 0, people: new Set<string>() };
      file.people.add(commit.author);
      past.set(path, { lastAt: commit.committedAt, changes: file.changes + 1, people: file.people });
    }
    earlier.push({ at: commit.committedAt, subsystems: new Set(own.map(({ path }) => subsystemOf(path))) });
    work.set(commit.author, earlier);
  }
  return ranked(found);
}

function factorsOf(
  commit: CommitFact,
  own: CommitFact['files'],
  known: readonly Past[],
  earlier: readonly { at: number; subsystems: ReadonlySet<string> }[],
): ChangeFactors {
  const lines = own.map(({ added, deleted }) => (added ?? 0) + (deleted ?? 0));
  const subsystems = new Set(own.map(({ path }) => subsystemOf(path)));
  return {
    subsystems: subsystems.size,
    directories: new Set(own.map(({ path }) => directoryOf(path))).size,
    files: own.length,
    entropy: normalisedEntropy(lines, own.length) * Math.log2(Math.max(2, own.length)),
    added: sum(own.map(({ added }) => added ?? 0)),
    deleted: sum(own.map(({ deleted }) => deleted ?? 0)),
    isFix: isCorrective(commit) ? 1 : 0,
    developersPerFile: sum(known.map(({ people }) => people.size)) / own.length,
    changesPerFile: sum(known.map(({ changes }) => changes)) / own.length,
    age: known.length === 0 ? 0 : sum(known.map(({ lastAt }) => commit.committedAt - lastAt)) / known.length / DAY,
    experience: earlier.length,
    recentExperience: sum(earlier.map(({ at }) => 1 / (1 + Math.max(0, commit.committedAt - at) / (30 * DAY)))),
    subsystemExperience: earlier.filter((each) => [...subsystems].some((one) => each.subsystems.has(one))).length,
  };
}

/** Risk of each change against the others: a sum to compare, without a unit. */
export function scoreChanges(changes: readonly ChangeFactors[]): number[] {
  const scores = changes.map(() => 0);
  for (const factor of FACTORS) {
    const values = standardised(changes.map((factors) => factors[factor]));
    for (const [index, value] of values.entries())
      scores[index] = (scores[index] ?? 0) + CHANGE_WEIGHTS[factor] * value;
  }
  return scores;
}

/** Logarithms, in deviations from their mean: what is usual differs between repositories. */
export function standardised(values: readonly number[]): number[] {
  const logs = values.map((value) => Math.log1p(Math.max(0, value)));
  const mean = sum(logs) / Math.max(1, logs.length);
  const deviation = Math.sqrt(sum(logs.map((log) => (log - mean) ** 2)) / Math.max(1, logs.length));
  return logs.map((log) => (deviation < 1e-9 ? 0 : (log - mean) / deviation));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ranked(found: readonly Omit<ChangeRisk, 'rank'>[]): ChangeRisk[] {
  const scores = scoreChanges(found.map(({ factors }) => factors)).map((score) => Number(score.toFixed(9)));
  const lowest = Math.min(...scores, 0);
  const ofAll = percentileRanks(scores.map((score) => score - lowest + 1));
  return found
    .map((change, index) => ({ ...change, rank: ofAll[index] ?? 0 }))
    .sort(
      (a, b) => b.rank - a.rank || b.commit.committedAt - a.commit.committedAt || compareText(a.commit.id, b.commit.id),
    );
}

const FOLLOWED_WITHIN = 30 * DAY;
const TOP_SHARE = 0.2;
const MIN_CHANGES = 40;
const MIN_FOLLOWED = 8;

export interface ChangeTest {
  /** Changes old enough to know what followed. */
  changes: number;
  /** Of those ranked highest, the share whose files were mended within 30 days, 0–1. */
  hits: number;
  /** The same for the changes of most lines. */
  baseline: number;
  isTrusted: boolean;
}

/** Were the files of the changes ranked highest mended more often than those of the largest changes? */
export function testChanges(risks: readonly ChangeRisk[], now: number): ChangeTest {
  const fixes = new Map<string, number[]>();
  for (const { commit, factors } of risks) {
    if (factors.isFix === 0) continue;
    for (const { path } of commit.files) {
      const known = fixes.get(path);
      if (known) known.push(commit.committedAt);
      else fixes.set(path, [commit.committedAt]);
    }
  }
  const old = risks.filter(({ commit }) => commit.committedAt <= now - FOLLOWED_WITHIN);
  const isFollowed = ({ commit }: ChangeRisk) =>
    commit.files.some(({ path }) =>
      fixes.get(path)?.some((at) => at > commit.committedAt && at <= commit.committedAt + FOLLOWED_WITHIN),
    );
  const followed = old.filter(isFollowed).length;
  if (old.length < MIN_CHANGES || followed < MIN_FOLLOWED) {
    return { changes: old.length, hits: 0, baseline: 0, isTrusted: false };
  }
  const count = Math.floor(old.length * TOP_SHARE);
  const lines = ({ factors }: ChangeRisk) => factors.added + factors.deleted;
  const largest = [...old].sort((a, b) => lines(b) - lines(a) || compareText(a.commit.id, b.commit.id));
  const share = (some: readonly ChangeRisk[]) => some.slice(0, count).filter(isFollowed).length / count;
  const hits = share(old);
  const baseline = share(largest);
  return { changes: old.length, hits, baseline, isTrusted: hits > baseline && hits > followed / old.length };
}
