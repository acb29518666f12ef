import { appendFile, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryDirectory } from '@/tests/support/git-remote';
import { openPackStore } from './pack-store';

let work: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeEach(async () => {
  work = await temporaryDirectory();
});

afterEach(() => work[Symbol.asyncDispose]());

test('what was put is there for whoever opens the directory later', async () => {
  const entries = made(300);
  await (await openPackStore(work.path)).put(entries);

  const store = await openPackStore(work.path);

  expect(store.has('k7')).toBe(true);
  expect(store.has('other')).toBe(false);
  expect(await textsOf(store, ['k7', 'k299', 'other', 'k0'])).toEqual({ k7: 'v7', k299: 'v299', k0: 'v0' });
  expect((await store.get([...entries.keys()])).size).toBe(300);
});

test('values far apart and empty ones are read whole', async () => {
  const large = Buffer.alloc(300 * 1024, 'x');
  await (await openPackStore(work.path)).put(
    new Map([
      ['first', Buffer.from('1')],
      ['large', large],
      ['empty', Buffer.alloc(0)],
      ['last', Buffer.from('2')],
    ]),
  );

  const found = await (await openPackStore(work.path)).get(['last', 'first', 'empty']);

  expect(Object.fromEntries([...found].map(([key, value]) => [key, text(value)]))).toEqual({
    first: '1',
    empty: '',
    last: '2',
  });
});

test('a value that is not what was written counts as absent, its neighbours do not', async () => {
  await (await openPackStore(work.path)).put(made(3));
  const data = await fileOf('.data');
  await writeFile(data, (await readFile(data, 'utf8')).replace('v1', 'w1'));

  const store = await openPackStore(work.path);

  expect(await textsOf(store, ['k0', 'k1', 'k2'])).toEqual({ k0: 'v0', k2: 'v2' });
  expect(store.has('k1')).toBe(false);
});

test('a pack cut short gives what is left of it', async () => {
  await (await openPackStore(work.path)).put(made(3));
  await truncate(await fileOf('.data'), 3);

  expect(await textsOf(await openPackStore(work.path), ['k0', 'k1', 'k2'])).toEqual({ k0: 'v0' });
});

test('data that vanished while the store was open counts as absent', async () => {
  await (await openPackStore(work.path)).put(made(3));
  const store = await openPackStore(work.path);
  await rm(await fileOf('.data'));

  expect(await textsOf(store, ['k0', 'k1', 'k2'])).toEqual({});
});

test.each(['k9\tmany\t1\n', 'k9\t-1\t1\n', '\t1\t1\n', `k9\t${2 ** 40}\t1\n`])(
  'a line of the index that says %j places nothing',
  async (line) => {
    await (await openPackStore(work.path)).put(made(2));
    await appendFile(await fileOf('.index'), `${line}k10\t1\t1\n`);

    const store = await openPackStore(work.path);

    expect([store.has('k0'), store.has('k9'), store.has('k10')]).toEqual([true, false, false]);
  },
);

test('many small changes become few files, and nothing of them is lost', async () => {
  const store = await openPackStore(work.path);
  for (let each = 0; each < 60; each++) await store.put(new Map([[`k${each}`, Buffer.from(`v${each}`)]]));

  expect((await readdir(work.path)).length).toBeLessThan(60);
  const reopened = await openPackStore(work.path);
  expect((await reopened.get(Array.from({ length: 60 }, (_, each) => `k${each}`))).size).toBe(60);
});

function made(count: number): Map<string, Buffer> {
  return new Map(Array.from({ length: count }, (_, each) => [`k${each}`, Buffer.from(`v${each}`)]));
}

async function textsOf(store: Awaited<ReturnType<typeof openPackStore>>, keys: string[]) {
  return Object.fromEntries([...(await store.get(keys))].map(([key, value]) => [key, text(value)]));
}

function text(value: Uint8Array): string {
  return Buffer.from(value).toString();
}

async function fileOf(ending: string): Promise<string> {
  const [name] = (await readdir(work.path)).filter((file) => file.endsWith(ending));
  return join(work.path, name ?? 'none');
}
