import { expect, test } from 'vitest';
import { chooseLanguage, chooseTimeZone } from './language';

test.each([
  ['ja', 'en-GB,en;q=0.9', 'ja'],
  [undefined, 'ja-JP,ja;q=0.9,en;q=0.8', 'ja'],
  [undefined, 'fr-FR,fr;q=0.9,en;q=0.5,ja;q=0.7', 'ja'],
  [undefined, 'en;q=0.3, ja;q=0', 'en'],
  [undefined, 'de', 'en'],
  [undefined, null, 'en'],
  ['xx', 'ja', 'ja'],
  ['../../etc', null, 'en'],
])('cookie %j and header %j choose %s', (cookie, header, language) => {
  expect(chooseLanguage(cookie, header)).toBe(language);
});

test.each([
  ['Asia/Tokyo', 'Asia/Tokyo'],
  ['Nowhere/Land', 'UTC'],
  [undefined, 'UTC'],
  ['x'.repeat(1000), 'UTC'],
])('time zone %j becomes %s', (name, zone) => {
  expect(chooseTimeZone(name)).toBe(zone);
});
