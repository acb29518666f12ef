import { expect, test } from 'vitest';
import { allItems } from './all-items';

test('every page is asked for, with the cursor of the one before, also past one without items', async () => {
  const pages = new Map([
    [null, { items: ['ada', 'acme'], nextCursor: 'b' }],
    ['b', { items: [], nextCursor: 'c' }],
    ['c', { items: ['zoo'], nextCursor: null }],
  ]);
  const asked: (string | null)[] = [];

  const items = await allItems(async (cursor) => {
    asked.push(cursor);
    return pages.get(cursor) ?? { items: [], nextCursor: null };
  });

  expect(items).toEqual(['ada', 'acme', 'zoo']);
  expect(asked).toEqual([null, 'b', 'c']);
});

test('what one page refuses is told, rather than a part shown as the whole', async () => {
  const load = async (cursor: string | null) => {
    if (cursor !== null) throw new Error('refused');
    return { items: ['ada'], nextCursor: 'b' };
  };

  await expect(allItems(load)).rejects.toThrow('refused');
});

test.each([
  ['says the same cursor again', () => 'a', 2],
  ['always knows another cursor', (call: number) => String(call), 200],
])('a server that %s is not asked for ever', async (_name, next, most) => {
  let calls = 0;

  await allItems(async () => ({ items: [], nextCursor: next(++calls) }));

  expect(calls).toBe(most);
});
