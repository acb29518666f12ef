import { property } from '../project/json-value';
import { createLineCount, type FileCoverage, type LineBudget } from './report-line';
import { attribute, childrenNamed, parseReport, wholeNumber } from './xml';

/** Groups may hold groups; deeper ones are made by nobody. */
const MAX_DEPTH = 10;

/** `report > (group >)* package[name] > sourcefile[name] > line[nr, ci]`, where `ci` counts instructions that ran. */
export function readJacoco(text: string, budget?: LineBudget): FileCoverage[] {
  const count = createLineCount(budget);
  readGroup(property(parseReport(text), 'report'), 0, count.add);
  return count.finish();
}

function readGroup(group: unknown, depth: number, add: (path: string, line: number, isHit: boolean) => boolean): void {
  if (depth > MAX_DEPTH) return;
  for (const inner of childrenNamed(group, 'group')) readGroup(inner, depth + 1, add);
  for (const item of childrenNamed(group, 'package')) {
    for (const file of childrenNamed(item, 'sourcefile')) {
      const path = [attribute(item, 'name'), attribute(file, 'name')].filter(Boolean).join('/');
      for (const line of childrenNamed(file, 'line')) {
        add(path, wholeNumber(attribute(line, 'nr')), wholeNumber(attribute(line, 'ci')) > 0);
      }
    }
  }
}
