/** Lines of one file as a coverage report counts them. */
export interface FileCoverage {
  /** As the report writes it. */
  path: string;
  /** Lines that can be run, and those that were. */
  lines: number;
  hit: number;
  /** First and last line of each run of such lines, one after the other: `[1, 3, 7, 7]` are four lines. */
  hitLines: number[];
  missedLines: number[];
}

/** Longer reports are no summary of one repository. */
export const MAX_REPORT_CHARACTERS = 16 * 1024 ** 2;
const MAX_REPORT_FILES = 20_000;
const MAX_LINES = 2_000_000;

/** How many lines may still be counted, each as often as it is named. */
export interface LineBudget {
  left: number;
}

export const lineBudget = (): LineBudget => ({ left: 5_000_000 });

/** Counts each line of each file once, however often a report names it; `add` says whether there is more to be had. */
export function createLineCount(budget: LineBudget = lineBudget()): {
  add(path: string, line: number, isHit: boolean): boolean;
  finish(): FileCoverage[];
} {
  const files = new Map<string, Map<number, boolean>>();
  let total = 0;
  return {
    add(path, line, isHit) {
      if (budget.left <= 0) return false;
      budget.left -= 1;
      if (path === '' || !Number.isSafeInteger(line) || line < 1) return true;
      let lines = files.get(path);
      if (!lines) {
        if (files.size >= MAX_REPORT_FILES) return true;
        lines = new Map();
        files.set(path, lines);
      }
      const known = lines.get(line);
      if (known === undefined) {
        if (total >= MAX_LINES) return false;
        total += 1;
      }
      lines.set(line, known === true || isHit);
      return true;
    },
    finish() {
      return [...files]
        .map(([path, lines]) => {
          const numbers = [...lines].sort(([a], [b]) => a - b);
          const hit = numbers.filter(([, isHit]) => isHit).map(([line]) => line);
          const missed = numbers.filter(([, isHit]) => !isHit).map(([line]) => line);
          return { path, lines: lines.size, hit: hit.length, hitLines: runsOf(hit), missedLines: runsOf(missed) };
        })
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}

function runsOf(lines: readonly number[]): number[] {
  const runs: number[] = [];
  for (const line of lines) {
    if (runs.length > 0 && runs.at(-1) === line - 1) runs[runs.length - 1] = line;
    else runs.push(line, line);
  }
  return runs;
}
