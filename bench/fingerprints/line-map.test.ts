import { expect, test } from 'vitest';
import { mapLine, parseHunks } from './line-map';

const DIFF = [
  '--- a/x',
  '+++ b/x',
  '@@ -2,0 +3,2 @@ f()',
  '+new',
  '+new',
  '@@ -5 +7 @@',
  '-old',
  '+new',
  '@@ -8,2 +9,0 @@',
];

test('lines before, between and after runs that changed are followed, changed ones are gone', () => {
  const hunks = parseHunks(DIFF.join('\n'));

  const places = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((line) => mapLine(hunks, line));

  expect(places).toEqual([1, 2, 5, 6, null, 8, 9, null, null, 10]);
});

test('a file without changes keeps its lines', () => {
  expect(mapLine(parseHunks(''), 7)).toBe(7);
});
