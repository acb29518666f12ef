import { createLineCount, type FileCoverage, type LineBudget } from './report-line';

const BLOCK = /^([^\s:]{1,500}):(\d{1,7})\.\d{1,7},(\d{1,7})\.\d{1,7} \d{1,7} (\d{1,18})$/;
/** A block of more lines is no code of a person. */
const MAX_BLOCK = 5_000;

/** `mode: set`, then `file:line.column,line.column statements count` a line. */
export function readGoProfile(text: string, budget?: LineBudget): FileCoverage[] {
  const lines = text.split(/\r?\n/);
  if (!/^mode: (?:set|count|atomic)$/.test(lines[0] ?? '')) return [];
  const count = createLineCount(budget);
  for (const line of lines) {
    const block = BLOCK.exec(line);
    if (!block) continue;
    const [, path = '', from, to, hits] = block;
    const last = Math.min(Number(to), Number(from) + MAX_BLOCK);
    for (let at = Number(from); at <= last; at++) {
      if (!count.add(path, at, Number(hits) > 0)) return count.finish();
    }
  }
  return count.finish();
}
