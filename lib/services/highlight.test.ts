import { expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { highlight } from './highlight';

test('tells keywords, strings, numbers, names and comments apart', async () => {
  const lines = await highlight(["const total = sum('a', 1); // adds"], 'typescript', {
    from: 1,
    to: 1,
    timeLimitMs: Number.POSITIVE_INFINITY,
  });

  const kinds = Object.fromEntries(lines.flat().map(({ text, kind }) => [text.trim(), kind]));
  expect(kinds).toMatchObject({ const: 'keyword', sum: 'name', "'a'": 'string', 1: 'number', '// adds': 'comment' });
});

test('gives back the very text, whatever the language', async () => {
  const code = 'def f(x):\n    """doc"""\n    return x + 1\n';

  const lines = await highlight(code.split('\n'), 'python', { from: 1, to: 4 });

  expect(lines.map((line) => line.map(({ text }) => text).join('')).join('\n')).toBe(code);
});

test('an unknown language is plain', async () => {
  expect(await highlight(['a', 'b'], null, { from: 1, to: 2 })).toEqual([
    [{ text: 'a', kind: 'plain' }],
    [{ text: 'b', kind: 'plain' }],
  ]);
});

test('a very long line does not hang the page', async () => {
  const [line] = await highlight([`const a = "${'x('.repeat(200_000)}";`], 'javascript', { from: 1, to: 1 });

  expect(line?.map(({ text }) => text).join('').length).toBe(400_013);
});

test('knows what began above the first shown line', async () => {
  const code = ['/*', ...Array.from({ length: 20 }, () => 'inside'), '*/', 'const after = 1;'];

  const [inside] = await highlight(code, 'typescript', { from: 10, to: 12 });

  expect(inside).toEqual([{ text: 'inside', kind: 'comment' }]);
});

test('ends soon on code made to be slow, and shows all of it', async () => {
  const line = '<?php eval($x); ?><b>"';
  const before = cpuTimeMs();

  const lines = await highlight(Array(40_000).fill(line), 'php', { from: 39_000, to: 39_016 });

  expect(lines.map((tokens) => tokens.map(({ text }) => text).join(''))).toEqual(Array(17).fill(line));
  expect(cpuTimeMs() - before).toBeLessThan(3_000);
});
