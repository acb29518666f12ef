import { chmod, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRepository, temporaryDirectory } from '@/tests/support/git-remote';
import { openLocal } from './open-local';
import { readFileAt } from './read-file-at';
import { listTree, resolveCommit } from './read-tree';
import { runGit } from './run-git';

const SKETCH = {
  commits: [
    { message: 'feat: begin', files: { 'src/a.ts': 'one\n' } },
    { message: 'feat: more', files: { 'src/a.ts': 'two\n' } },
  ],
  tags: [{ name: 'v1', commit: 1, isAnnotated: true }],
};

async function idOf(gitDir: string, name: string): Promise<string> {
  return (await runGit(['rev-parse', name], { gitDir })).toString().trim();
}

async function objectFile(gitDir: string, name: string): Promise<string> {
  const id = await idOf(gitDir, name);
  return join(gitDir, 'objects', id.slice(0, 2), id.slice(2));
}

async function packed(gitDir: string, kind: 'pack' | 'idx'): Promise<string> {
  await runGit(['repack', '-adq'], { gitDir });
  const folder = join(gitDir, 'objects', 'pack');
  const name = (await readdir(folder)).find((one) => one.endsWith(`.${kind}`)) ?? '';
  await chmod(join(folder, name), 0o644);
  return join(folder, name);
}

async function replace(path: string, bytes: string): Promise<void> {
  await chmod(path, 0o644);
  await writeFile(path, bytes);
}

const HURTS: [string, (gitDir: string) => Promise<void>][] = [
  ['its newest commit lost', async (gitDir) => rm(await objectFile(gitDir, 'main'))],
  ['its newest commit empty', async (gitDir) => replace(await objectFile(gitDir, 'main'), '')],
  ['its newest commit garbled', async (gitDir) => replace(await objectFile(gitDir, 'main'), 'garbage')],
  ['a pack cut short', async (gitDir) => truncate(await packed(gitDir, 'pack'), 100)],
  ['a pack index cut short', async (gitDir) => truncate(await packed(gitDir, 'idx'), 100)],
  ['a branch without a commit', (gitDir) => writeFile(join(gitDir, 'refs', 'heads', 'main'), '')],
  ['a garbled branch', (gitDir) => writeFile(join(gitDir, 'refs', 'heads', 'main'), 'x'.repeat(40))],
  ['garbled packed refs', (gitDir) => writeFile(join(gitDir, 'packed-refs'), 'xx\n')],
];

describe('resolveCommit', () => {
  test.each(HURTS)('tells a repository with %s from one without the branch', async (_, hurt) => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    await hurt(gitDir);
    const repository = await openLocal(gitDir);

    for (const ref of ['main', 'refs/heads/main', 'HEAD', undefined]) {
      await expect(resolveCommit(repository, ref)).rejects.toMatchObject({ code: 'repository_corrupt' });
    }
  });

  test('still says that a branch, a tag or an id is not there', async () => {
    await using work = await temporaryDirectory();
    const repository = await openLocal(await makeRepository(join(work.path, 'bare'), SKETCH));

    for (const ref of ['nowhere', 'refs/heads/v1', 'main~7', '1'.repeat(40), 'main^{tree}', 'main:src/a.ts']) {
      await expect(resolveCommit(repository, ref)).rejects.toMatchObject({ code: 'repository_no_such_branch' });
    }
  });

  test('says that the commit of a tag, or a parent, is lost', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    const files = [await objectFile(gitDir, 'main~1'), await objectFile(gitDir, 'main')];
    const repository = await openLocal(gitDir);
    for (const [index, ref] of ['main~1', 'v1'].entries()) {
      await rm(files[index] ?? '');

      await expect(resolveCommit(repository, ref)).rejects.toMatchObject({ code: 'repository_corrupt' });
    }
  });
});

describe('reading a commit', () => {
  test.each([
    ['root tree', 'main^{tree}'],
    ['tree', 'main:src'],
  ])('whose %s is lost, garbled or another object ends as damaged', async (_, name) => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    const commit = await idOf(gitDir, 'main');
    const file = await objectFile(gitDir, name);
    const other = await runGit(['cat-file', 'blob', 'main:src/a.ts'], { gitDir });
    const repository = await openLocal(gitDir);
    for (const hurt of [() => replace(file, other.toString()), () => replace(file, ''), () => rm(file)]) {
      await hurt();

      await expect(listTree(repository, commit)).rejects.toMatchObject({ code: 'repository_corrupt' });
      await expect(readFileAt(repository, commit, 'src/a.ts', { maxBytes: 10 })).rejects.toMatchObject({
        code: 'repository_corrupt',
      });
    }
  });

  test('says why in a few words that name no place of this machine', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'a b'), SKETCH);
    const file = await packed(gitDir, 'pack');
    await truncate(file, (await stat(file)).size - 40);
    const repository = await openLocal(gitDir);

    const error = await resolveCommit(repository, 'main').catch((thrown) => thrown);

    expect(error).toMatchObject({ code: 'repository_corrupt' });
    expect(error.message).not.toContain(work.path);
    expect(error.message).not.toContain('/objects');
    expect(error.message.length).toBeLessThan(220);
  });
});
