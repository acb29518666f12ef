import { property } from '../project/json-value';
import { createLineCount, type FileCoverage, type LineBudget } from './report-line';
import { attribute, childrenNamed, parseReport, wholeNumber } from './xml';

/** `coverage > packages > package > classes > class[filename] > lines > line[number, hits]` */
export function readCobertura(text: string, budget?: LineBudget): FileCoverage[] {
  const count = createLineCount(budget);
  for (const group of childrenNamed(property(parseReport(text), 'coverage'), 'packages')) {
    for (const item of childrenNamed(group, 'package')) {
      for (const list of childrenNamed(item, 'classes')) {
        for (const one of childrenNamed(list, 'class')) readClass(one, count.add);
      }
    }
  }
  return count.finish();
}

function readClass(one: unknown, add: (path: string, line: number, isHit: boolean) => boolean): void {
  const path = attribute(one, 'filename').replaceAll('\\', '/');
  for (const list of childrenNamed(one, 'lines')) {
    for (const line of childrenNamed(list, 'line')) {
      add(path, wholeNumber(attribute(line, 'number')), wholeNumber(attribute(line, 'hits')) > 0);
    }
  }
}
