import { expect, test } from 'vitest';
import { exampleBlocks } from './example-blocks';

test('files come with their contents', () => {
  expect(exampleBlocks({ files: { 'a.ts': 'x\n' } })).toEqual([{ kind: 'file', title: 'a.ts', text: 'x\n' }]);
});

test('commits come oldest first, each before the files it changed', () => {
  const blocks = exampleBlocks({
    commits: [
      { message: 'feat: add', files: { 'a.ts': 'x' } },
      { message: 'fix: remove', files: { 'a.ts': null } },
    ],
  });

  expect(blocks.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
    'commit feat: add',
    'file a.ts',
    'commit fix: remove',
    'deleted a.ts',
  ]);
});

test('a file of many lines shows the first forty', () => {
  const [block] = exampleBlocks({ files: { 'a.ts': 'x\n'.repeat(100) } });

  expect(block?.text.split('\n')).toEqual([...Array(40).fill('x'), '…']);
});

test('a very long example is cut', () => {
  const [block] = exampleBlocks({ files: { 'a.ts': 'x'.repeat(10_000) } });

  expect(block?.text.length).toBeLessThan(4_100);
});
