import { expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { findDocumentReferences } from './document-references';

const targets = (text: string) =>
  findDocumentReferences(text).map(({ line, runner, target }) => `${line} ${runner ?? 'link'} ${target}`);

test('reads links of every form, decoded, without fragment', () => {
  const text = [
    '[a](docs/a.md#top) ![b](<img/b c.png> "title") [c](d%20e.md?raw=1)',
    '[d]: ./d.md "D"',
    '<a href="e.md">e</a> <img width="3" src=\'f.png\'>',
    '[wiki](x_(y).md)',
  ].join('\n');

  expect(targets(text)).toEqual([
    '1 link docs/a.md',
    '1 link img/b c.png',
    '1 link d e.md',
    '2 link ./d.md',
    '3 link e.md',
    '3 link f.png',
    '4 link x_(y).md',
  ]);
});

test.each([
  ['addresses and anchors', '[a](https://example.org) [b](#top) [c](mailto:a@example.org) [d](//example.org/a)'],
  ['code', '`[a](b.md)` ``[c](d.md)``'],
  ['blocks of code', '```md\n[a](b.md)\n```\n~~~\n[c](d.md)\n~~~'],
  ['HTML comments', '<!-- [a](b.md)\n[c](d.md) -->'],
  ['templates', '[a]({{ url }}) [b](<your-path>) [c](path/to/file.md) [d]($HOME/x)'],
  ['footnotes', '[^1]: see.the/book'],
])('does not read %s as links', (_name, text) => {
  expect(targets(text)).toEqual([]);
});

test('reads commands in code, unless the reader is told to go elsewhere', () => {
  const text = [
    'Run `npm run build` and make sure it works.',
    '```sh',
    '$ make lint && yarn run test:all # make nothing',
    'just fmt',
    '```',
    '```bash',
    'cd demo',
    'npm run dev',
    '```',
    '```json',
    '"x": "npm run y"',
    '```',
  ].join('\n');

  expect(targets(text)).toEqual(['1 npm build', '3 make lint', '3 yarn test:all', '4 just fmt']);
});

test('hostile text takes no longer than its length allows', () => {
  const parts = ['](', '<a href=', '`', '``` ', '[a]: ', 'npm run ', '<!--', '<img '];
  const texts = parts.map((part) => part.repeat(200_000 / part.length));
  const start = cpuTimeMs();

  for (const text of texts) findDocumentReferences(`${text}\n`.repeat(2));
  for (const part of parts) findDocumentReferences(`${part.repeat(500)}\n`.repeat(200));

  expect(cpuTimeMs() - start).toBeLessThan(4_000);
});
