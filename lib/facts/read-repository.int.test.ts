import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GitRepository, openGitDir, openLocal } from '@/lib/git/open-local';
import { runGit } from '@/lib/git/run-git';
import type { Sketch } from '@/lib/magics/define';
import type { Facts } from '@/lib/magics/facts';
import { makeRepository, temporaryDirectory } from '@/tests/support/git-remote';
import { openDirectoryCache } from './cache/directory-cache';
import type { FactsCache } from './cache/facts-cache';
import { createMemoryCache, createNoCache } from './cache/memory-cache';
import { createBlobPool } from './code/blob-pool';
import { createComingBlobs } from './coming-blobs';
import { INLINE_READER } from './packed-blob';
import { type BlobReader, collectBlobs, planCommit, planShards, readFacts } from './read-repository';

const pool = createBlobPool({ threads: 2 });
const HISTORY = 240;

/** Merges, deletions, moves, two authors, documentation that is none. */
const grown: Sketch = {
  files: { '.mailmap': 'Grace <grace@example.com> <g@old.example.com>\n' },
  commits: [
    ...Array.from({ length: HISTORY }, (_, index) => ({
      message: index % 5 === 0 ? `docs: explain ${index}` : `feat: step ${index}`,
      author: index % 3 === 0 ? 'Grace <g@old.example.com>' : 'Ada <ada@example.com>',
      files: {
        [`src/m${index % 9}.ts`]:
          index % 10 === 7 ? null : `export function f${index}(a: number) {\n  return a + ${index};\n}\n`,
        'README.md': `# Step ${index}\n`,
      },
    })),
    { message: 'feat: aside', parent: 20, files: { 'side.py': 'def f():\n    pass\n' } },
    { message: 'Merge branch side', parent: HISTORY - 1, merges: HISTORY },
  ],
  tags: [
    { name: 'v1.0.0', commit: 10, isAnnotated: true },
    { name: 'aside', commit: HISTORY },
  ],
};

async function read(repository: GitRepository, cache: FactsCache, ref?: string, reader: BlobReader = pool) {
  const context = { repository, cache, pool: reader };
  const plan = await planCommit(context, ref);
  return { ...(await readFacts(context, plan)), plan };
}

afterAll(() => pool.close());

describe('a repository with a history', () => {
  let work: Awaited<ReturnType<typeof temporaryDirectory>>;
  let repository: GitRepository;
  let full: Facts;

  beforeAll(async () => {
    work = await temporaryDirectory();
    repository = await openGitDir(await makeRepository(join(work.path, 'repo'), grown));
    full = (await read(repository, createNoCache())).facts;
  });

  afterAll(() => work[Symbol.asyncDispose]());

  test('is read the same by one thread, by many and without any', async () => {
    const one = createBlobPool({ threads: 1 });
    const four = createBlobPool({ threads: 4 });

    expect((await read(repository, createNoCache(), 'HEAD', one)).facts).toEqual(full);
    expect((await read(repository, createNoCache(), 'HEAD', four)).facts).toEqual(full);
    expect((await read(repository, createNoCache(), 'HEAD', INLINE_READER)).facts).toEqual(full);
    await Promise.all([one.close(), four.close()]);
  });

  test.each([1, 10, 30])('is read the same %i commits after an earlier audit, from what is new', async (commits) => {
    const cache = createMemoryCache();
    await read(repository, cache, `HEAD~${commits}`);

    const { facts, stats } = await read(repository, cache);

    expect(facts).toEqual(full);
    expect(stats.readCommits).toBeLessThan(HISTORY / 2);
    expect(stats.readBlobs).toBeLessThan(full.files?.length ?? 0);
  });

  test('is read the same after a later commit was audited first', async () => {
    const cache = createMemoryCache();
    await read(repository, cache);

    const earlier = (await read(repository, cache, 'HEAD~20')).facts;

    expect(earlier).toEqual((await read(repository, createNoCache(), 'HEAD~20')).facts);
  });

  test('is read the same from a directory of facts, and nothing is read twice', async () => {
    const directory = join(work.path, 'cache');
    await read(repository, await openDirectoryCache(directory), 'HEAD~10');
    await read(repository, await openDirectoryCache(directory));

    const { facts, stats } = await read(repository, await openDirectoryCache(directory));

    expect(facts).toEqual(full);
    expect(stats).toMatchObject({ readBlobs: 0, readCommits: 0 });
  });

  test('is read the same when kept facts were damaged', async () => {
    const directory = join(work.path, 'damaged');
    await read(repository, await openDirectoryCache(directory));
    for (const file of await readdir(directory, { recursive: true })) {
      if (file.endsWith('.data')) await writeFile(join(directory, file), 'not facts');
    }

    expect((await read(repository, await openDirectoryCache(directory))).facts).toEqual(full);
  });

  test('is read the same from a work tree with other settings', async () => {
    const tree = join(work.path, 'tree');
    await runGit(['clone', '--quiet', '--', repository.gitDir, tree], { protocols: ['file'] });
    await writeFile(join(tree, '.gitattributes'), '* -diff\n');
    await writeFile(join(tree, '.mailmap'), 'Mallory <mallory@example.com> <ada@example.com>\n');
    for (const [name, value] of [
      ['diff.renames', 'copies'],
      ['diff.algorithm', 'histogram'],
      ['log.mailmap', 'true'],
      ['diff.noprefix', 'true'],
      ['core.quotePath', 'true'],
    ]) {
      await runGit(['config', `${name}`, `${value}`], { gitDir: join(tree, '.git') });
    }
    const before = await readdir(join(tree, '.git'));

    const facts = (await read(await openLocal(tree), createNoCache())).facts;

    expect(facts).toEqual(full);
    expect(await readdir(join(tree, '.git'))).toEqual(before);
  });

  test('tells merges, first parents, identities and tags', () => {
    const [merge] = full.commits ?? [];

    expect(merge).toMatchObject({ subject: 'Merge branch side', files: [], isFirstParent: true });
    expect(merge?.parents).toHaveLength(2);
    expect(full.commits?.find(({ subject }) => subject === 'feat: aside')?.isFirstParent).toBe(false);
    expect(new Set(full.commits?.map(({ author }) => author))).toEqual(
      new Set(['ada@example.com', 'grace@example.com']),
    );
    expect(full.history).toMatchObject({ commits: HISTORY + 2, contributors: 2, branch: 'main' });
    expect(full.tags?.map(({ name, isReachable, isAnnotated }) => ({ name, isReachable, isAnnotated }))).toEqual([
      { name: 'aside', isReachable: true, isAnnotated: false },
      { name: 'v1.0.0', isReachable: true, isAnnotated: true },
    ]);
  });

  test('knows which documentation commits change code', () => {
    const claims = full.commits?.filter(({ subject, files }) => subject.startsWith('docs:') && files.length === 2);
    const code = claims?.flatMap(({ files }) => files.filter(({ path }) => path.endsWith('.ts')));

    expect(code?.length).toBeGreaterThan(0);
    expect(code?.every(({ isCodeChanged }) => isCodeChanged === true)).toBe(true);
  });

  test('sums up each file at HEAD', () => {
    const readme = full.fileHistory?.find(({ path }) => path === 'README.md');

    expect(readme).toMatchObject({ createdIndex: 0, createdBy: 'grace@example.com', revisions: HISTORY });
    expect(readme?.authors).toEqual([
      { author: 'ada@example.com', changes: (HISTORY * 2) / 3 },
      { author: 'grace@example.com', changes: HISTORY / 3 },
    ]);
    expect(full.fileHistory?.some(({ path }) => !full.files?.some((file) => file.path === path))).toBe(false);
  });
});

describe('a hostile repository', () => {
  test('with a shallow history has none, and says so', async () => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'repo'), grown);
    const clone = join(work.path, 'shallow');
    const args = ['clone', '--quiet', '--bare', '--depth=3', '--', `file://${source}`, clone];
    await runGit(args, { protocols: ['file'] });

    const { facts } = await read(await openLocal(clone), createNoCache());

    expect(facts).toMatchObject({ commits: null, fileHistory: null, history: null, missing: { commits: 'shallow' } });
    expect(facts.files?.length).toBeGreaterThan(0);
  });

  test('with lost objects of its past keeps its files and says that history is damaged', async () => {
    await using work = await temporaryDirectory();
    const commits = [1, 2, 3, 4].map((step) => ({
      message: `feat: ${step}`,
      files: { [`${step}.ts`]: `f(${step});\n` },
    }));
    const gitDir = await makeRepository(join(work.path, 'repo'), { commits });
    const source = await openGitDir(gitDir);
    const old = (await runGit(['rev-parse', 'HEAD~2'], { gitDir })).toString().trim();
    await rm(join(gitDir, 'objects', old.slice(0, 2), old.slice(2)));

    const { facts } = await read(source, createNoCache());

    expect(facts.missing.commits).toBe('corrupt');
    expect(facts.files?.length).toBeGreaterThan(0);
  });

  test('with lost blobs of its past counts no lines where they were, and all others', async () => {
    await using work = await temporaryDirectory();
    const commits = [1, 2, 3].map((step) => ({ message: `feat: ${step}`, files: { 'a.ts': `f(${step});\n` } }));
    const gitDir = await makeRepository(join(work.path, 'repo'), { commits });
    const blob = (await runGit(['rev-parse', 'HEAD~2:a.ts'], { gitDir })).toString().trim();
    await rm(join(gitDir, 'objects', blob.slice(0, 2), blob.slice(2)));

    const { facts } = await read(await openGitDir(gitDir), createNoCache());

    expect(Object.keys(facts.missing).sort()).toEqual(['advisories', 'lastAudit', 'provider', 'scores']);
    expect(facts.commits?.map(({ subject, files }) => [subject, files[0]?.added])).toEqual([
      ['feat: 3', 1],
      ['feat: 2', null],
      ['feat: 1', null],
    ]);
  });

  test('with an author that is no author is read', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'repo'), { files: { 'a.ts': 'a();\n' } });
    const tree = (await runGit(['rev-parse', 'main^{tree}'], { gitDir })).toString().trim();
    const raw = [
      `tree ${tree}`,
      'author Mallory',
      ' <m@example.com> 99999999999999999999 +9999',
      'committer C <c@example.com> 18446744073709551615 +0000',
      '',
      'feat: odd\u0000hidden',
    ].join('\n');
    const args = ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'];
    const commit = (await runGit(args, { gitDir, input: raw })).toString().trim();

    const { facts } = await read(await openGitDir(gitDir), createNoCache(), commit);

    expect(facts.now).toBe(0);
    expect(facts.commits).toMatchObject([
      { subject: 'feat: odd', authoredAt: 0, files: [{ path: 'a.ts', status: 'A' }] },
    ]);
  });

  test('with links and submodules shows neither what they point to', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'repo'), { files: { 'a.ts': 'a();\n' } });
    const stream = [
      'commit refs/heads/main\ncommitter A <a@x> 1700000000 +0000\ndata 1\nx\n',
      'M 120000 inline passwd.ts\ndata 11\n/etc/passwd\n',
      'M 120000 inline .mailmap\ndata 11\n/etc/passwd\n',
      'M 120000 inline package.json\ndata 9\n/dev/zero\n',
      'M 160000 0123456789012345678901234567890123456789 sub\n',
      '\n',
    ].join('');
    await runGit(['fast-import', '--quiet', '--force'], { gitDir, input: stream });

    const { facts } = await read(await openGitDir(gitDir), createNoCache());

    expect(JSON.stringify(facts)).not.toContain('root:');
    expect(facts.files?.map(({ path, codeLines }) => [path, codeLines])).toEqual([
      ['.mailmap', 0],
      ['package.json', 0],
      ['passwd.ts', 0],
      ['sub', 0],
    ]);
    expect(facts.manifests).toEqual([]);
  });

  test('with a huge and a binary file skips them and says why', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'repo'), {
      files: {
        'big.ts': 'const a = 1;\n'.repeat(200_000),
        'b.bin': '\u0000\u0001\u0002',
        'line.js': `x = "${'y'.repeat(60_000)}"`,
      },
    });

    const { facts } = await read(await openGitDir(gitDir), createNoCache());

    expect(facts.files?.map(({ path, skipped }) => [path, skipped])).toEqual([
      ['b.bin', 'binary'],
      ['big.ts', 'too-large'],
      ['line.js', 'line-too-long'],
    ]);
  });
});

test('what is under way ends before a reading that failed does', async () => {
  await using work = await temporaryDirectory();
  const files = { 'a.ts': 'export const a = 1;\n', 'b.ts': 'export const b = 1;\n' };
  const repository = await openGitDir(await makeRepository(join(work.path, 'repo'), { files }));
  const stop = new AbortController();
  const collect: BlobReader['collect'] = (path, bytes) => {
    stop.abort();
    return INLINE_READER.collect(path, bytes);
  };
  const context = { repository, cache: createNoCache(), pool: { ...INLINE_READER, collect }, signal: stop.signal };
  const { missing } = await planCommit({ ...context, signal: undefined });
  const coming = createComingBlobs(missing.map(({ key }) => key));

  await expect(collectBlobs(context, missing, coming)).rejects.toMatchObject({ code: 'cancelled' });

  const [first, second] = missing.map(({ key }) => key);
  await coming.endWith(Promise.resolve());
  expect(await coming.get(first ?? '')).toBeDefined();
  expect(await coming.get(second ?? '')).toBeUndefined();
});

test.each(['pool', 'cache'])(
  'facts of a commit fail with the %s, and nothing waits for what never comes',
  async (part) => {
    await using work = await temporaryDirectory();
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [`src/a${at}.ts`, `export const a = ${at};\n`]),
    );
    const repository = await openGitDir(await makeRepository(join(work.path, 'repo'), { files }));
    const failure = new Error(`the ${part} is gone`);
    let left = 100;
    const collect: BlobReader['collect'] = async (path, bytes) => {
      left -= 1;
      if (part === 'pool' && left === 0) throw failure;
      return INLINE_READER.collect(path, bytes);
    };
    const cache = { ...createNoCache(), ...(part === 'cache' && { putBlobs: () => Promise.reject(failure) }) };
    const context = { repository, cache, pool: { ...INLINE_READER, collect } };

    await expect(readFacts(context, await planCommit(context))).rejects.toBe(failure);
  },
);

test('shards hold every request once and are cut by bytes', () => {
  const requests = [5, 5, 1, 20, 1].map((sizeBytes, index) => ({
    key: `${index}`,
    blobId: `${index}`,
    path: 'a',
    sizeBytes,
  }));

  const shards = planShards(requests, 10);

  expect(shards.flat()).toEqual(requests);
  expect(shards.map((shard) => shard.map(({ sizeBytes }) => sizeBytes))).toEqual([[5, 5], [1], [20], [1]]);
});

test('of more manifests than anybody can hold at once, those nearest to the root count', async () => {
  await using work = await temporaryDirectory();
  const large = `{"name":"large"}${' '.repeat(1_900_000)}`;
  const nested = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`a${at}/b/package.json`, large]));
  const files = { ...nested, 'z/package.json': '{"name":"near"}', 'package.json': '{"name":"root"}' };
  const repository = await openGitDir(await makeRepository(join(work.path, 'repo'), { files }));

  const { facts } = await read(repository, createNoCache());
  const paths = facts.manifests?.map(({ path }) => path) ?? [];

  expect(paths).toEqual(expect.arrayContaining(['package.json', 'z/package.json']));
  expect(paths.length).toBeLessThan(20);
});
