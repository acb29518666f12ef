import { expect, test } from 'vitest';
import { highlightExample } from './rule-examples';

const textOf = (lines: { text: string }[][]) => lines.map((line) => line.map(({ text }) => text).join('')).join('\n');

test('colours the code of an example and keeps every character of it', async () => {
  const text = "// why\nexport const name = 'Ada';\n";

  const lines = await highlightExample('src/a.ts', text);

  expect(`${textOf(lines)}\n`).toBe(text);
  expect(lines.flat().map(({ kind }) => kind)).toEqual(expect.arrayContaining(['comment', 'keyword', 'string']));
});

test('leaves what has no grammar plain', async () => {
  const lines = await highlightExample('LICENSE', 'MIT\nLicence\n');

  expect(lines).toEqual([[{ text: 'MIT', kind: 'plain' }], [{ text: 'Licence', kind: 'plain' }]]);
});
