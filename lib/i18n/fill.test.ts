import { expect, test } from 'vitest';
import { fill, wordsOf } from './fill';

test('a place without data stays readable', () => {
  expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
});

test('words follow the number they stand with', () => {
  const text = '{count} {count|file is|files are} left';

  expect([0, 1, 2].map((count) => fill(text, { count }))).toEqual([
    '0 files are left',
    '1 file is left',
    '2 files are left',
  ]);
});

test('the words of a text are found in either number, and never across its data', () => {
  expect(wordsOf('In {path}: {count} {count|file is|files are} left')).toEqual([
    'In ',
    ': ',
    ' file is left',
    ' files are left',
  ]);
});
