import { expect, test } from 'vitest';
import { findConflictMarkers } from './conflict-markers';

test('reports the opening line of each complete conflict', () => {
  const text =
    'a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> topic\n\r\n<<<<<<< HEAD\r\nb\r\n=======\r\nc\r\n>>>>>>> topic\r\n';

  expect(findConflictMarkers(text)).toEqual([{ line: 2 }, { line: 8 }]);
});

test.each([
  ['marks out of order', '>>>>>>> a\n=======\n<<<<<<< b\n'],
  ['a mark that is missing', '<<<<<<< a\n>>>>>>> b\n'],
  ['indented marks', '  <<<<<<< a\n  =======\n  >>>>>>> b\n'],
  ['a longer underline between', '<<<<<<< a\n==========\n>>>>>>> b\n'],
])('does not report %s', (_name, text) => {
  expect(findConflictMarkers(text)).toEqual([]);
});
