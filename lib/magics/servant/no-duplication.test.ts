import { expect, test } from 'vitest';
import { linesOfCode, mergeSpans } from './no-duplication';

const span = (line: number, endLine: number, path = 'a.ts') => ({ path, line, endLine });

test('counts lines that several copies cover once', () => {
  const spans = [span(5, 9), span(1, 6), span(20, 22), span(1, 2, 'b.ts'), span(8, 9)];

  expect(mergeSpans(spans)).toEqual([span(1, 9), span(20, 22), span(1, 2, 'b.ts')]);
});

test('leaves comments out of the length of a copy', () => {
  const comments = new Map([['a.ts', [span(1, 4), span(10, 11), span(19, 30)]]]);

  expect(linesOfCode(span(3, 20), comments)).toBe(12);
  expect(linesOfCode(span(3, 20, 'b.ts'), comments)).toBe(18);
});
