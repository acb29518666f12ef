import { isCorrective } from '../corrective';
import type { CommitFact, FileFact } from '../facts';
import { compareText } from '../hash';
import { directoryOf } from '../paths';
import { isTelling, percentileRanks } from './risk';
import { normalisedEntropy } from './trend';

const DAY = 86_400;

/** What Kamei's study found to tell which changes bring defects, as known when the change was made. */
export interface ChangeFactors {
  subsystems: number;
  directories: number;
  files: number;
  /** Spread of the changed lines over its files, 0–1. */
  entropy: number;
  added: number;
  deleted: number;
  /** Mean lines of its files before it. */
  linesBefore: number;
  isFix: number;
  /** People who changed its files before. */
  developers: number;
  /** Mean days since its files last changed. */
  age: number;
  /** Earlier changes of its files. */
  priorChanges: number;
  /** Earlier changes by its author; newer ones count more; those in the same subsystems. */
  experience: number;
  recentExperience: number;
  subsystemExperience: number;
}

export interface ChangeRisk {
  commit: CommitFact;
  factors: ChangeFactors;
  /** Percentile among the changes of the window, 0–1. */
  rank: number;
}

/** Signs as the study found them, sizes fixed so that results compare between audits. */
const WEIGHTS: Record<keyof ChangeFactors, number> = {
  subsystems: 0.4,
  directories: 0.4,
  files: 0.8,
  entropy: 0.6,
  added: 1.2,
  deleted: 0.4,
  linesBefore: 0.5,
  isFix: 0.5,
  developers: 0.4,
  age: -0.4,
  priorChanges: 0.5,
  experience: -0.2,
  recentExperience: -0.2,
  subsystemExperience: -0.3,
};
const FACTORS = Object.keys(WEIGHTS) as (keyof ChangeFactors)[];

interface Past {
  lastAt: number;
  changes: number;
  people: Set<string>;
}

const subsystemOf = (path: string) => directoryOf(path).split('/').slice(0, 2).join('/');

/** Lines that files had before each commit: sizes at HEAD, with later changes taken off. */
function sizesBefore(commits: readonly CommitFact[], files: readonly FileFact[]): Map<string, number> {
  const sizes = new Map(
    files.map(({ path, codeLines, commentLines, blankLines }) => [path, codeLines + commentLines + blankLines]),
  );
  const before = new Map<string, number>();
  for (const commit of commits) {
    let sum = 0;
    for (const { path, added, deleted } of commit.files) {
      const size = Math.max(0, (sizes.get(path) ?? 0) - (added ?? 0) + (deleted ?? 0));
      sizes.set(path, size);
      sum += size;
    }
    before.set(commit.id, commit.files.length === 0 ? 0 : sum / commit.files.length);
  }
  return before;
}

/** Changes of the product in the window against one another, riskiest first. */
export function rankChanges(
  commits: readonly CommitFact[],
  files: readonly FileFact[],
  isSubject: (path: string) => boolean,
): ChangeRisk[] {
  const before = sizesBefore(commits, files);
  const past = new Map<string, Past>();
  const work = new Map<string, { at: number; subsystems: Set<string> }[]>();
  const found: { commit: CommitFact; factors: ChangeFactors }[] = [];
  for (const commit of [...commits].reverse()) {
    if (!isTelling(commit)) continue;
    const own = commit.files.filter(({ path }) => isSubject(path));
    if (own.length === 0) continue;
    const earlier = work.get(commit.author) ?? [];
    found.push({ commit, factors: factorsOf(commit, own, past, earlier, before.get(commit.id) ?? 0) });
    for (const { path } of own) {
      const known = past.get(path) ?? { lastAt: 0, changes: 0, people: new Set<string>() };
      known.people.add(commit.author);
      past.set(path, { lastAt: commit.committedAt, changes: known.changes + 1, people: known.people });
    }
    earlier.push({ at: commit.committedAt, subsystems: new Set(own.map(({ path }) => subsystemOf(path))) });
    work.set(commit.author, earlier);
  }
  return ranked(found);
}

function factorsOf(
  commit: CommitFact,
  own: CommitFact['files'],
  past: ReadonlyMap<string, Past>,
  earlier: readonly { at: number; subsystems: ReadonlySet<string> }[],
  linesBefore: number,
): ChangeFactors {
  const lines = own.map(({ added, deleted }) => (added ?? 0) + (deleted ?? 0));
  const subsystems = new Set(own.map(({ path }) => subsystemOf(path)));
  const known = own.flatMap(({ path }) => past.get(path) ?? []);
  const people = new Set(known.flatMap((each) => [...each.people]));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    subsystems: subsystems.size,
    directories: new Set(own.map(({ path }) => directoryOf(path))).size,
    files: own.length,
    entropy: normalisedEntropy(lines, own.length),
    added: sum(own.map(({ added }) => added ?? 0)),
    deleted: sum(own.map(({ deleted }) => deleted ?? 0)),
    linesBefore,
    isFix: isCorrective(commit) ? 1 : 0,
    developers: people.size,
    age: known.length === 0 ? 0 : sum(known.map(({ lastAt }) => commit.committedAt - lastAt)) / known.length / DAY,
    priorChanges: sum(known.map(({ changes }) => changes)),
    experience: earlier.length,
    recentExperience: sum(earlier.map(({ at }) => 1 / (1 + Math.max(0, commit.committedAt - at) / (30 * DAY)))),
    subsystemExperience: earlier.filter((each) => [...subsystems].some((one) => each.subsystems.has(one))).length,
  };
}

/** Risk of each change against the others: a sum to compare, without a unit. */
export function scoreChanges(changes: readonly ChangeFactors[]): number[] {
  const ranks = FACTORS.map((factor) => ({
    weight: WEIGHTS[factor],
    of: percentileRanks(changes.map((factors) => factors[factor])),
  }));
  return changes.map((_, index) => ranks.reduce((sum, { weight, of }) => sum + weight * (of[index] ?? 0), 0));
}

function ranked(found: readonly { commit: CommitFact; factors: ChangeFactors }[]): ChangeRisk[] {
  const sums = scoreChanges(found.map(({ factors }) => factors));
  const lowest = Math.min(...sums, 0);
  const ofAll = percentileRanks(sums.map((sum) => sum - lowest + 1));
  return found
    .map(({ commit, factors }, index) => ({ commit, factors, rank: ofAll[index] ?? 0 }))
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
