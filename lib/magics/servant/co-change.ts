import { isOwnWork, isRelease } from '../commits';
import type { CommitFact } from '../facts/history';

export interface Pair {
  a: string;
  b: string;
  shared: number;
  /** Shared changes over the mean of both files' changes, 0–1. */
  degree: number;
  /** Newest first. */
  commits: string[];
}

const LISTED_COMMITS = 5;

/** Files that change in the same commits, as Code Maat counts it; commits of many files say nothing. */
export function coChanges(
  commits: readonly CommitFact[],
  isSubject: (path: string) => boolean,
  { maxFiles, minShared, minDegree }: { maxFiles: number; minShared: number; minDegree: number },
): Pair[] {
  const changes = new Map<string, number>();
  const sets: { id: string; paths: string[] }[] = [];
  for (const commit of commits) {
    if (!isOwnWork(commit) || isRelease(commit) || commit.files.length > maxFiles) continue;
    const paths = commit.files.map((file) => file.path).filter(isSubject);
    for (const path of paths) changes.set(path, (changes.get(path) ?? 0) + 1);
    if (paths.length > 1) sets.push({ id: commit.id, paths });
  }

  const shared = new Map<string, { count: number; commits: string[] }>();
  for (const { id, paths } of sets) {
    const frequent = paths.filter((path) => (changes.get(path) ?? 0) >= minShared).sort();
    frequent.forEach((a, index) => {
      for (const b of frequent.slice(index + 1)) {
        const key = `${a}\n${b}`;
        const known = shared.get(key) ?? { count: 0, commits: [] };
        known.count += 1;
        if (known.commits.length < LISTED_COMMITS) known.commits.push(id);
        shared.set(key, known);
      }
    });
  }
  return [...shared].flatMap(([key, { count, commits: ids }]) => {
    const [a = '', b = ''] = key.split('\n');
    const degree = count / (((changes.get(a) ?? 0) + (changes.get(b) ?? 0)) / 2);
    return count >= minShared && degree >= minDegree ? [{ a, b, shared: count, degree, commits: ids }] : [];
  });
}
