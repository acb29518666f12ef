import { chmod, mkdir, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRepository, pushSketch, serveGit, temporaryDirectory } from '@/tests/support/git-remote';
import { fetchMirror } from './mirror';
import { readBlobs, readSizes } from './read-blobs';
import { listTree, resolveCommit } from './read-tree';
import { parseRepositoryUrl } from './repository-url';
import { runGit } from './run-git';

const LIMITS = { maxBytes: 50_000_000, timeoutMs: 30_000 };
const LOCAL = { allowLocal: true };
const SKETCH = { files: { 'src/a.ts': 'export const a = 1;\n', 'README.md': '# A\n' } };

async function mirrored(work: string) {
  const source = await makeRepository(join(work, 'remote', 'a.git'), SKETCH);
  const server = await serveGit(join(work, 'remote'));
  const url = parseRepositoryUrl(`${server.url}/a.git`, LOCAL);
  const request = { url, rules: LOCAL, dir: join(work, 'mirrors', 'one'), ...LIMITS };
  const mirror = await fetchMirror(request);
  return { source, request, mirror, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

async function packFile(dir: string, kind: string): Promise<string> {
  const packs = join(dir, 'objects', 'pack');
  const path = join(packs, (await readdir(packs)).find((name) => name.endsWith(kind)) ?? '');
  await chmod(path, 0o644);
  return path;
}

const HURTS: [string, (dir: string) => Promise<void>][] = [
  ['was removed', (dir) => rm(dir, { recursive: true })],
  ['lost its pack', async (dir) => rm(await packFile(dir, '.pack'))],
  ['lost the index of its pack', async (dir) => rm(await packFile(dir, '.idx'))],
  ['has a pack cut short', async (dir) => truncate(await packFile(dir, '.pack'), 50)],
  ['lost its objects', (dir) => rm(join(dir, 'objects'), { recursive: true })],
  ['lost its HEAD', (dir) => rm(join(dir, 'HEAD'))],
  [
    'lost its settings and refs',
    (dir) => Promise.all(['config', 'refs'].map((name) => rm(join(dir, name), { recursive: true }))).then(() => {}),
  ],
  ['has garbled settings', (dir) => writeFile(join(dir, 'config'), '[[[')],
  ['has garbled refs', (dir) => writeFile(join(dir, 'packed-refs'), 'xx\n')],
  ['has a garbled seal', (dir) => writeFile(join(dir, 'elder-seal.json'), '{')],
];

test('a commit is not told as missing by a mirror that lost its pack', async () => {
  await using work = await temporaryDirectory();
  await using one = await mirrored(work.path);
  const { repository } = one.mirror;
  const commit = await resolveCommit(repository);
  await rm(await packFile(repository.gitDir, '.pack'));

  await expect(readSizes(repository, [commit]).next()).rejects.toMatchObject({ code: 'unavailable' });
});

describe('a mirror that', () => {
  test.each(HURTS)('%s is made anew by the next fetch', async (_, hurt) => {
    await using work = await temporaryDirectory();
    await using one = await mirrored(work.path);
    const commit = await resolveCommit(one.mirror.repository);
    await hurt(one.request.dir);

    const { repository } = await fetchMirror(one.request);
    const tree = await listTree(repository, await resolveCommit(repository, 'main'));
    const texts: (string | undefined)[] = [];
    for await (const { bytes } of readBlobs(
      repository,
      tree.map(({ blobId }) => blobId),
    ))
      texts.push(bytes?.toString());

    expect(await resolveCommit(repository)).toBe(commit);
    expect(texts).toEqual(['# A\n', 'export const a = 1;\n']);
    expect(await readdir(join(work.path, 'mirrors'))).toEqual(['one']);
  });

  test.each(HURTS.slice(0, 4))(
    '%s while it is read asks to be fetched again, and says nothing of its files',
    async (_, hurt) => {
      await using work = await temporaryDirectory();
      await using one = await mirrored(work.path);
      const { repository } = one.mirror;
      const commit = await resolveCommit(repository);
      const [entry] = await listTree(repository, commit);
      await hurt(one.request.dir);

      const read = async () => {
        for await (const { bytes } of readBlobs(repository, [entry?.blobId ?? ''])) return bytes;
      };

      await expect(read()).rejects.toMatchObject({ code: 'unavailable' });
      await expect(listTree(repository, commit)).rejects.toMatchObject({ code: 'unavailable' });
      await expect(resolveCommit(repository, 'main')).rejects.toMatchObject({ code: 'unavailable' });
    },
  );

  test('a killed process left with locks and halves is gone on with', async () => {
    await using work = await temporaryDirectory();
    await using one = await mirrored(work.path);
    const { dir } = one.request;
    const leftovers = [
      'shallow.lock',
      'config.lock',
      'HEAD.lock',
      'packed-refs.lock',
      'gc.pid',
      'refs/heads/main.lock',
    ];
    for (const name of [...leftovers, 'objects/pack/tmp_pack_1', 'objects/tmp_obj_1', 'elder-seal.json.lock']) {
      await mkdir(join(dir, name, '..'), { recursive: true });
      await writeFile(join(dir, name), 'half');
    }
    const before = (await stat(dir)).ino;
    await pushSketch(one.source, { files: { 'new.ts': 'x\n' } });

    const { repository } = await fetchMirror(one.request);

    const tree = await listTree(repository, await resolveCommit(repository));
    expect(tree.map(({ path }) => path)).toEqual(['new.ts']);
    expect((await stat(dir)).ino).toBe(before);
    const files = await readdir(dir, { recursive: true });
    expect(files.filter((name) => /lock$|tmp_|gc\.pid/.test(name))).toEqual([]);
  });

  test('is sound is kept when its host does not answer', async () => {
    await using work = await temporaryDirectory();
    const one = await mirrored(work.path);
    const commit = await resolveCommit(one.mirror.repository);
    await one[Symbol.asyncDispose]();

    await expect(fetchMirror(one.request)).rejects.toMatchObject({ code: 'repository_unreachable' });

    expect(await resolveCommit(one.mirror.repository)).toBe(commit);
  });

  test('is fetched fresh when told so, even if it looks sound', async () => {
    await using work = await temporaryDirectory();
    await using one = await mirrored(work.path);
    const before = (await stat(one.request.dir)).ino;

    await fetchMirror({ ...one.request, isFresh: true });

    expect((await stat(one.request.dir)).ino).not.toBe(before);
  });

  test('belongs to its user alone', async () => {
    await using work = await temporaryDirectory();
    await using one = await mirrored(work.path);
    await pushSketch(one.source, { files: { 'new.ts': 'x\n' } });
    await fetchMirror(one.request);

    const mirrors = join(work.path, 'mirrors');
    const entries = await readdir(mirrors, { recursive: true, withFileTypes: true });
    const modes = await Promise.all(
      entries.map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path, (await stat(path)).mode & 0o077];
      }),
    );

    expect((await stat(mirrors)).mode & 0o777).toBe(0o700);
    expect(modes.filter(([, mode]) => mode !== 0)).toEqual([]);
    expect((await runGit(['rev-parse', 'HEAD'], { gitDir: one.request.dir })).length).toBeGreaterThan(40);
  });
});
