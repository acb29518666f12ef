import { expect, test } from 'vitest';
import { matches } from './match';

test.each([
  ['proj', ['Projects']],
  ['PROJECTS', ['projects']],
  ['ぷろじぇ', ['プロジェクト']],
  ['プロジェ', ['ぷろじぇくと']],
  ['ｐｒｏｊ', ['Projects']],
  ['audit checkout', ['Run audit of checkout-api']],
  ['', ['anything']],
])('%j finds %j', (query, texts) => {
  expect(matches(query, texts)).toBe(true);
});

test('every word of the query must be found', () => {
  expect(matches('audit missing', ['Run audit of checkout-api'])).toBe(false);
});
