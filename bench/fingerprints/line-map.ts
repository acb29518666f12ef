/** A run of lines that a diff without context replaces; a side of no lines names the line before it. */
export interface Hunk {
  from: { start: number; count: number };
  to: { start: number; count: number };
}

const HUNK = /^@@ -(?<from>\d+)(?:,(?<fromCount>\d+))? \+(?<to>\d+)(?:,(?<toCount>\d+))? @@/;

/** Of one file, in its order. */
export function parseHunks(diff: string): Hunk[] {
  return diff.split('\n').flatMap((line) => {
    const { from, fromCount = '1', to, toCount = '1' } = HUNK.exec(line)?.groups ?? {};
    if (from === undefined || to === undefined) return [];
    return [{ from: { start: +from, count: +fromCount }, to: { start: +to, count: +toCount } }];
  });
}

/** Where a line of the older file stands in the newer; null where it was changed or taken away. */
export function mapLine(hunks: readonly Hunk[], line: number): number | null {
  let shift = 0;
  for (const { from, to } of hunks) {
    if (lastOf(from) >= line) return from.count > 0 && from.start <= line ? null : line + shift;
    shift = lastOf(to) - lastOf(from);
  }
  return line + shift;
}

function lastOf({ start, count }: Hunk['from']): number {
  return count === 0 ? start : start + count - 1;
}
