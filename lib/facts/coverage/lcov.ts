import { createLineCount, type FileCoverage, type LineBudget } from './report-line';

/** `SF:` names a file, `DA:line,hits` one of its lines. */
export function readLcov(text: string, budget?: LineBudget): FileCoverage[] {
  const count = createLineCount(budget);
  let path = '';
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('SF:')) path = line.slice(3).trim();
    else if (line.startsWith('end_of_record')) path = '';
    else if (line.startsWith('DA:')) {
      const [number = '', hits = ''] = line.slice(3).split(',', 2);
      if (/^\d{1,9}$/.test(number) && /^\d{1,18}/.test(hits)) count.add(path, Number(number), Number(hits) > 0);
    }
  }
  return count.finish();
}
