import { expect, test } from 'vitest';
import { openLocal } from '@/lib/git/open-local';
import { matcherOf } from '@/lib/magics/own-rules/matcher';
import { OwnRule, type OwnTextRule } from '@/lib/magics/own-rules/own-rule';
import { type LocalRepository, localRepository } from '@/tests/support/local-repository';
import { buildRepository } from '@/tests/support/sketch-repository';
import { createMemoryCache } from '../cache/memory-cache';
import { INLINE_READER, packJson } from '../packed-blob';
import { planCommit, type ReadContext, readFacts } from '../read-repository';
import { matchBlob } from './match-blob';
import type { OwnRulesInput } from './own-requests';
import { shardBudget } from './work-budget';

const TEXTS = { severity: 'low', title: { en: 'x' }, why: { en: 'x' }, fix: { en: 'x' } };

function rule(id: string, pattern: string, more: object = {}): OwnRule {
  return OwnRule.parse({ ...TEXTS, id: `own/${id}`, kind: 'pattern', pattern, ...more });
}

const keyOf = (own: OwnRule) => matcherOf(own as OwnTextRule).key;

/** Reads the head of a repository with one cache; tells which file was asked what. */
function reader(repository: LocalRepository) {
  const cache = createMemoryCache();
  return async (own: OwnRulesInput) => {
    const asked: string[] = [];
    const context: ReadContext = {
      repository: await openLocal(repository.path),
      cache,
      own,
      pool: {
        ...INLINE_READER,
        async match(path, bytes, matchers) {
          for (const matcher of matchers) asked.push(`${path} ${'pattern' in matcher ? matcher.pattern : ''}`);
          return packJson(await matchBlob(path, bytes, matchers));
        },
      },
    };
    const { facts } = await readFacts(context, await planCommit(context));
    const found = facts.ownMatches?.matches.map(({ path, line, match }) => `${path}:${line} ${match}`);
    return { asked: asked.sort(), found, facts };
  };
}

const commits = (...files: Record<string, string>[]) => ({
  commits: files.map((changed, at) => ({ message: `feat: step ${at}`, files: changed })),
});

test('each blob is asked each pattern once, whatever audits come after', async () => {
  const first = { 'a.ts': 'one();\n', 'b.ts': 'two();\n', 'c.md': 'one\n' };
  await using repository = await localRepository(commits(first));
  const read = reader(repository);
  const one = rule('one', 'one', { paths: { include: ['*.ts'] } });
  const two = rule('two', 'two');

  const initial = await read({ rules: [one], before: [] });
  const again = await read({ rules: [one], before: [one] });
  await buildRepository(repository.path, commits(first, { 'b.ts': 'two(one());\n' }));
  const changed = await read({ rules: [one], before: [one] });
  const added = await read({ rules: [one, two], before: [one] });
  const dropped = await read({ rules: [two], before: [one, two] });

  expect(initial).toMatchObject({ asked: ['a.ts one', 'b.ts one'], found: ['a.ts:1 one'] });
  expect(again).toMatchObject({ asked: [], found: ['a.ts:1 one'] });
  expect(changed).toMatchObject({ asked: ['b.ts one'], found: ['a.ts:1 one', 'b.ts:1 one'] });
  expect(added.asked).toEqual(['a.ts two', 'b.ts two', 'c.md two']);
  expect(added.found?.sort()).toEqual(['a.ts:1 one', 'b.ts:1 one', 'b.ts:1 two']);
  expect(dropped).toMatchObject({ asked: [], found: ['b.ts:1 two'] });
});

test('other texts of a rule, another severity or other magic ask nothing anew', async () => {
  await using repository = await localRepository(commits({ 'a.ts': 'one();\n' }));
  const read = reader(repository);
  const one = rule('one', 'one');
  await read({ rules: [one], before: [] });

  const renamed = rule('other', 'one', { severity: 'high', magic: 'tdd', title: { ja: '一' } });

  expect(await read({ rules: [renamed], before: [] })).toMatchObject({ asked: [], found: ['a.ts:1 one'] });
});

test('a thread that gives up leaves the file unread, and is asked again the next time', async () => {
  await using repository = await localRepository(commits({ 'a.ts': 'one();\n' }));
  const one = rule('one', 'one');
  const cache = createMemoryCache();
  const contextOf = async (isSlow: boolean): Promise<ReadContext> => ({
    repository: await openLocal(repository.path),
    cache,
    own: { rules: [one], before: [] },
    pool: {
      ...INLINE_READER,
      match: async (path, bytes, matchers) => (isSlow ? null : packJson(await matchBlob(path, bytes, matchers))),
    },
  });
  const read = async (context: ReadContext) => (await readFacts(context, await planCommit(context))).facts.ownMatches;

  expect(await read(await contextOf(true))).toMatchObject({
    matches: [],
    unread: [{ path: 'a.ts', matcher: keyOf(one), reason: 'timeout' }],
  });
  expect(await read(await contextOf(false))).toMatchObject({ matches: [{ path: 'a.ts' }], unread: [] });
});

test('what the time of an audit does not last for is unread, not kept, and asked the next time', async () => {
  const files = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`${at}.ts`, `one(${at});\n`]));
  await using repository = await localRepository(commits(files));
  const one = rule('one', 'one');
  const cache = createMemoryCache();
  let asked = 0;
  const contextOf = async (costMs: number): Promise<ReadContext> => ({
    repository: await openLocal(repository.path),
    cache,
    own: { rules: [one], before: [] },
    pool: {
      ...INLINE_READER,
      async match(path, bytes, matchers, { budget } = {}) {
        if (!budget || budget.leftMs <= 0) return null;
        asked += 1;
        budget.leftMs -= costMs;
        return packJson(await matchBlob(path, bytes, matchers));
      },
    },
  });
  const read = async (context: ReadContext) => (await readFacts(context, await planCommit(context))).facts.ownMatches;

  const first = await read(await contextOf(20_000));
  const askedFirst = asked;
  const second = await read(await contextOf(0));

  // Three within the minute, one more where facts are put together.
  expect(askedFirst).toBe(4);
  expect(first?.matches).toHaveLength(4);
  expect(first?.unasked?.map(({ matchers }) => matchers)).toEqual(Array(5).fill([keyOf(one)]));
  expect(first?.unread).toEqual([]);
  expect(asked).toBe(9);
  expect(second).toMatchObject({ matches: Object.keys(files).map((path) => ({ path })), unasked: [] });
});

test('shards share the time of an audit, and very many get a little each', () => {
  expect([1, 4, 64].map((shards) => shardBudget(shards).leftMs)).toEqual([60_000, 15_000, 10_000]);
});
