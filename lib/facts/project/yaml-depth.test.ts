import { expect, test } from 'vitest';
import { isTooDeep } from './yaml-depth';

test.each([
  ['sequences of one line', '- '.repeat(30_000)],
  ['brackets', '['.repeat(30_000)],
  ['maps of one line', '{a: '.repeat(30_000)],
  ['brackets behind quoted ones', '["]]]]", '.repeat(30_000)],
  ['tags', '! '.repeat(30_000)],
  ['indentation', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
])('tells nesting by %s', (_, text) => {
  expect(isTooDeep(text)).toBe(true);
});

test.each([
  ['a long line of a program', `{${Array.from({ length: 5_000 }, (_, at) => `"k${at}": [1, {"a": 2}]`).join(', ')}}`],
  ['brackets in text', `run: |\n${'  [[[[{{{{\n'.repeat(500)}`],
  ['many lines', '- a: [1]\n'.repeat(5_000)],
])('reads %s', (_, text) => {
  expect(isTooDeep(text)).toBe(false);
});
