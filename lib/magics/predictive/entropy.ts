import type { CommitFact } from '../facts/history';
import { isTelling } from './risk';
import { normalisedEntropy } from './trend';

const PERIOD = 30 * 86_400;
const MIN_COMMITS = 10;

export interface ChangePeriod {
  /** 0 is the last 30 days. */
  age: number;
  commits: number;
  /** Spread of the changes over all files that change in the window, 0–1, as Hassan normalises it. */
  entropy: number;
}

/** Months with enough changes to speak of a spread, newest first. */
export function changePeriods(
  commits: readonly CommitFact[],
  now: number,
  isSubject: (path: string) => boolean,
): ChangePeriod[] {
  const periods = new Map<number, { commits: number; files: Map<string, number> }>();
  const all = new Set<string>();
  for (const commit of commits) {
    if (!isTelling(commit)) continue;
    const age = Math.max(0, Math.floor((now - commit.committedAt) / PERIOD));
    const period = periods.get(age) ?? { commits: 0, files: new Map<string, number>() };
    let isCounted = false;
    for (const { path } of commit.files) {
      if (!isSubject(path)) continue;
      period.files.set(path, (period.files.get(path) ?? 0) + 1);
      all.add(path);
      isCounted = true;
    }
    if (!isCounted) continue;
    period.commits += 1;
    periods.set(age, period);
  }
  return [...periods]
    .filter(([, period]) => period.commits >= MIN_COMMITS)
    .sort(([a], [b]) => a - b)
    .map(([age, period]) => ({
      age,
      commits: period.commits,
      entropy: normalisedEntropy([...period.files.values()], all.size),
    }));
}

/** Mean number of other subjects that change in the commits of a file. */
export function companions(
  commits: readonly CommitFact[],
  isSubject: (path: string) => boolean,
): Map<string, { revisions: number; others: number }> {
  const found = new Map<string, { revisions: number; others: number }>();
  for (const commit of commits) {
    if (!isTelling(commit)) continue;
    const paths = commit.files.map(({ path }) => path).filter(isSubject);
    for (const path of paths) {
      const tally = found.get(path) ?? { revisions: 0, others: 0 };
      tally.revisions += 1;
      tally.others += paths.length - 1;
      found.set(path, tally);
    }
  }
  return found;
}
