import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import { mapUnread } from './unread-map';

test('lists text that was too much to read, production code first, and no pictures', async () => {
  const facts = await factsFrom({
    files: {
      'docs/all.md': 'a'.repeat(2 * 1024 * 1024 + 1),
      'src/table.ts': `export const table = [${'1,\n'.repeat(800_000)}];\n`,
      'src/pay.ts': 'export const pay = 1;\n',
      'logo.png': '\u0089PNG\u0000\u0000\u0000',
    },
  });

  const map = mapUnread(facts);

  expect(map?.counts).toEqual({ 'too-large': 2 });
  expect(map?.files.map(({ path, reason }) => [path, reason])).toEqual([
    ['src/table.ts', 'too-large'],
    ['docs/all.md', 'too-large'],
  ]);
});

test('keeps five hundred and counts them all', async () => {
  const { files } = await factsFrom({ files: { 'a.ts': 'export const a = 1;\n' } });
  const [file] = files ?? [];
  if (!file) throw new Error('no file');
  const many = Array.from({ length: 600 }, (_, index) => ({ ...file, path: `${index}.ts`, skipped: 'timeout' }));
  const facts = { ...(await factsFrom({ files: {} })), files: many };

  const map = mapUnread(facts);

  expect(map?.counts).toEqual({ timeout: 600 });
  expect(map?.files).toHaveLength(500);
});

test('says nothing when no file was read', async () => {
  expect(mapUnread({ ...(await factsFrom({ files: {} })), files: null })).toBeNull();
});
