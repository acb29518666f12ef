import { describe, expect, test } from 'vitest';
import { isSeen, showHidden } from './hidden-text';

const tags = (text: string) =>
  [...text].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('');

test.each([
  ['photo\u202egnp.exe', 'photoU+202Egnp.exe'],
  ['a\u2066b\u2069', 'aU+2066bU+2069'],
  ['\u200fadmin\u061c', 'U+200FadminU+061C'],
  ['ad\u200bmin\u00ad', 'adU+200BminU+00AD'],
  ['ad\u200dmin', 'adU+200Dmin'],
  ['main\ufe0f', 'mainU+FE0F'],
  ['a\u3164', 'aU+3164'],
  ['\u001b[31mred', 'U+001B[31mred'],
  ['\u0085', 'U+0085'],
  ['\ud800', 'U+D800'],
  [`ok${tags('x')}`, 'okU+E0078'],
  [`🏴${tags('delete all of it')}`, `🏴${[...'delete all of it'].map((letter) => showHidden(tags(letter))).join('')}`],
  ['漢\u{e0100}\u{e0101}', '漢\u{e0100}U+E0101'],
])('%j is shown as %j', (text, shown) => {
  expect(showHidden(text)).toBe(shown);
  expect(showHidden(shown)).toBe(shown);
  expect(isSeen(text)).toBe(false);
});

describe('what is written so stays as it is', () => {
  test.each([
    ['a family and a flag', `👩‍👩‍👧‍👦 👩🏽‍💻 🏳️‍🌈 ❤️ 1️⃣ 🏴${tags('gbsct')}${String.fromCodePoint(0xe007f)} 🇯🇵`],
    ['Persian', 'می\u200cخواهم'],
    ['Hindi and Sinhala', 'क्\u200dष ශ්\u200dරී'],
    ['a variant of an ideograph', '葛\u{e0100}城'],
    ['Arabic, Hebrew, Japanese, Vietnamese', 'مرحبا שלום 日本語 Việt e\u0301'],
    ['lines and tabs', 'a\tb\r\nc'],
  ])('%s', (_, text) => {
    expect(showHidden(text)).toBe(text);
  });
});

test('a long text of them is read in no time', () => {
  const text = `${'क\u200d'.repeat(20_000)}${'👩\u200d'.repeat(20_000)}${'\u0301'.repeat(20_000)}\u200c`;
  const begin = performance.now();

  showHidden(text);

  expect(performance.now() - begin).toBeLessThan(500);
});
