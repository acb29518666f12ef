import type { FileRevisionFact } from '../facts/history';
import { theilSen } from './trend';

const MIN_REVISIONS = 5;

export interface ComplexityTrend {
  revisions: number;
  first: number;
  last: number;
  /** Growth along the trend over its revisions, relative to where it began. */
  growth: number;
}

export function revisionsByPath(rows: readonly FileRevisionFact[]): Map<string, FileRevisionFact[]> {
  const groups = new Map<string, FileRevisionFact[]>();
  for (const row of rows) {
    const known = groups.get(row.path);
    if (known) known.push(row);
    else groups.set(row.path, [row]);
  }
  return groups;
}

/** Of files with enough revisions to tell a trend from a step; their rows are oldest first. */
export function complexityTrends(rows: readonly FileRevisionFact[]): Map<string, ComplexityTrend> {
  const trends = new Map<string, ComplexityTrend>();
  for (const [path, revisions] of revisionsByPath(rows)) {
    const first = revisions[0]?.cyclomatic ?? 0;
    if (revisions.length < MIN_REVISIONS || first === 0) continue;
    const slope = theilSen(revisions.map(({ cyclomatic }, index) => [index, cyclomatic]));
    trends.set(path, {
      revisions: revisions.length,
      first,
      last: revisions.at(-1)?.cyclomatic ?? 0,
      growth: (slope * (revisions.length - 1)) / first,
    });
  }
  return trends;
}

const MIN_GROWTH = 0.15;
const MIN_ADDED = 10;

export function isRising({ growth, first, last }: ComplexityTrend): boolean {
  return growth >= MIN_GROWTH && last - first >= MIN_ADDED;
}
