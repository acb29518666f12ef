import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDb, db } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { createPostgresCache, forgetUnusedFacts } from './facts-cache';

let database: TestDatabase;
const cache = createPostgresCache('own');

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const textOf = (found: ReadonlyMap<string, Uint8Array>) =>
  [...found].map(([key, data]) => [key, Buffer.from(data).toString()]).sort();

test('gives back what it was given, and nothing else', async () => {
  await cache.putBlobs(new Map([['a:1', bytes('one')]]));
  await cache.putCommits(new Map([['a:1', bytes('two')]]));

  expect(textOf(await cache.getBlobs(['a:1', 'b:1']))).toEqual([['a:1', 'one']]);
  expect(textOf(await cache.getCommits(['a:1', 'b:1']))).toEqual([['a:1', 'two']]);
  expect(await cache.hasBlobs(['a:1', 'b:1'])).toEqual(new Set(['a:1']));
});

test('tells a team nothing of what another one has read', async () => {
  await cache.putBlobs(new Map([['shared:1', bytes('one')]]));
  const others = createPostgresCache('other');

  expect(await others.hasBlobs(['shared:1'])).toEqual(new Set());
  expect(await others.getBlobs(['shared:1'])).toEqual(new Map());
});

test('forgets what no audit has asked for in sixty days, and keeps what one asks for', async () => {
  await cache.putBlobs(new Map(['old', 'asked', 'young'].map((key) => [`${key}:1`, bytes(key)])));
  await cache.putCommits(new Map([['old:1', bytes('old')]]));
  await db()
    .$executeRaw`update blob_facts set used_on = current_date - 61 where key like 'own:old:%' or key like 'own:asked:%'`;
  await db().$executeRaw`update blob_facts set used_on = current_date - 60 where key like 'own:young:%'`;
  await db().$executeRaw`update commit_facts set used_on = current_date - 61 where key like 'own:old:%'`;

  await cache.getBlobs(['asked:1']);

  expect(await forgetUnusedFacts(AbortSignal.abort())).toBe(0);
  expect(await forgetUnusedFacts()).toBe(2);
  expect(await cache.hasBlobs(['old:1', 'asked:1', 'young:1'])).toEqual(new Set(['asked:1', 'young:1']));
  expect(await cache.getCommits(['old:1'])).toEqual(new Map());
});
