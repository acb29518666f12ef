import { expect, test } from 'vitest';
import { highlight } from './highlight';

test('tells keywords, strings, numbers, names and comments apart', async () => {
  const lines = await highlight("const total = sum('a', 1); // adds", 'typescript');

  const kinds = Object.fromEntries(lines.flat().map(({ text, kind }) => [text.trim(), kind]));
  expect(kinds).toMatchObject({ const: 'keyword', sum: 'name', "'a'": 'string', 1: 'number', '// adds': 'comment' });
});

test('gives back the very text, whatever the language', async () => {
  const code = 'def f(x):\n    """doc"""\n    return x + 1\n';

  const lines = await highlight(code, 'python');

  expect(lines.map((line) => line.map(({ text }) => text).join('')).join('\n')).toBe(code);
});

test('an unknown language is plain', async () => {
  expect(await highlight('a\nb', null)).toEqual([[{ text: 'a', kind: 'plain' }], [{ text: 'b', kind: 'plain' }]]);
});

test('a very long line does not hang the page', async () => {
  const [line] = await highlight(`const a = "${'x('.repeat(200_000)}";`, 'javascript');

  expect(line?.map(({ text }) => text).join('').length).toBe(400_013);
});
