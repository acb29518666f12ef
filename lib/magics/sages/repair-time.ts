import type { CommitFact } from '../facts/history';
import { fixesOf, productFilesOf } from './repeated-fixes';

const DAY = 86_400;
const MAX_FILES = 3;

export interface RepairTime {
  /** Days, a lower bound. */
  medianDays: number;
  fixes: number;
}

/**
 * SZZ without blame: a defect is at least as old as the last change of the files that its fix touches, for what brought
 * it in touched them at that time or before. Null without fixes of few files.
 */
export function repairTime(commits: readonly CommitFact[], windowStart: number): RepairTime | null {
  const fixes = new Set(fixesOf(commits).map(({ id }) => id));
  const changedAt = new Map<string, number>();
  const ages: number[] = [];
  for (const commit of [...commits].reverse()) {
    const files = productFilesOf(commit);
    if (fixes.has(commit.id) && files.length <= MAX_FILES) {
      const last = Math.max(...files.map((path) => changedAt.get(path) ?? windowStart));
      ages.push(Math.max(0, commit.committedAt - last) / DAY);
    }
    for (const path of files) changedAt.set(path, Math.max(commit.committedAt, changedAt.get(path) ?? 0));
  }
  if (ages.length === 0) return null;
  ages.sort((a, b) => a - b);
  return { medianDays: Math.round(ages[(ages.length - 1) >> 1] ?? 0), fixes: ages.length };
}
