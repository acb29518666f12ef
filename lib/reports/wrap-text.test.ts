import { expect, test } from 'vitest';
import { wrapText } from './wrap-text';

/** Full-width characters take two. */
const wrap = (text: string, width: number) => wrapText(text, width, (character) => (character > '\u2e80' ? 2 : 1));

test('breaks at spaces and behind the parts of a path, and cuts a word that is wider than a line', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrap('src/some/long-name.ts', 10)).toEqual(['src/some/', 'long-', 'name.ts']);
  expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  expect(wrap('', 4)).toEqual(['']);
});

test('breaks Japanese anywhere but before a full stop and behind an opening bracket', () => {
  expect(wrap('未完成の作業', 6)).toEqual(['未完成', 'の作業']);
  expect(wrap('監査した。次', 8)).toEqual(['監査し', 'た。次']);
  expect(wrap('今日は「印」', 8)).toEqual(['今日は', '「印」']);
});

test('takes time by the length of the text alone', () => {
  const lines = wrap('x'.repeat(1_000_000), 80);

  expect(lines).toHaveLength(12_500);
  expect(lines.every((line) => line.length <= 80)).toBe(true);
});
