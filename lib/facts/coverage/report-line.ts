/** Lines of one file as a coverage report counts them. */
export interface FileCoverage {
  /** As the report writes it. */
  path: string;
  /** Lines that can be run, and those that were. */
  lines: number;
  hit: number;
}

/** Longer reports are no summary of one repository. */
export const MAX_REPORT_CHARACTERS = 8 * 1024 ** 2;
const MAX_REPORT_FILES = 20_000;
const MAX_LINES = 5_000_000;

/** Counts each line of each file once, however often a report names it. */
export function createLineCount(): {
  add(path: string, line: number, isHit: boolean): void;
  finish(): FileCoverage[];
} {
  const files = new Map<string, Map<number, boolean>>();
  let total = 0;
  return {
    add(path, line, isHit) {
      if (path === '' || !Number.isSafeInteger(line) || line < 1) return;
      let lines = files.get(path);
      if (!lines) {
        if (files.size >= MAX_REPORT_FILES) return;
        lines = new Map();
        files.set(path, lines);
      }
      const known = lines.get(line);
      if (known === undefined) {
        if (total >= MAX_LINES) return;
        total += 1;
      }
      lines.set(line, known === true || isHit);
    },
    finish() {
      return [...files]
        .map(([path, lines]) => ({
          path,
          lines: lines.size,
          hit: [...lines.values()].filter(Boolean).length,
        }))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}
