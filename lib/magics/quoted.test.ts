import { expect, test } from 'vitest';
import { maskQuoted } from './quoted';

test.each([
  ['see `TODO` there', 'see ······ there'],
  ['say “to do” and 「後で」', 'say ··· ··· and ····'],
  ['an open “quote is none', 'an open “quote is none'],
  ['“open “closed”', '“open ········'],
])('%s', (text, masked) => {
  expect(maskQuoted(text)).toBe(masked);
});
