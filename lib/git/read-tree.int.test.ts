import { rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRepository, temporaryDirectory } from '@/tests/support/git-remote';
import { blame } from './blame';
import { openGitDir, openLocal } from './open-local';
import { readBlobs } from './read-blobs';
import { readFileAt } from './read-file-at';
import { listTree, resolveCommit, walkTree } from './read-tree';
import { branchOf } from './refs';
import { runGit } from './run-git';

const SKETCH = { files: { 'src/a.ts': 'one\ntwo\n', 'b.md': '# B\n' } };

describe('openLocal', () => {
  test('finds the repository from a bare directory, a work tree, a folder inside and a linked work tree', async () => {
    await using work = await temporaryDirectory();
    const bare = await makeRepository(join(work.path, 'bare'), SKETCH);
    const tree = join(work.path, 'tree');
    await runGit(['clone', '--quiet', '--', bare, tree], { protocols: ['file'] });
    await runGit(['-C', tree, 'worktree', 'add', '--quiet', '-b', 'topic', join(work.path, 'linked')]);

    for (const path of [bare, tree, join(tree, 'src'), join(tree, '.git'), join(work.path, 'linked')]) {
      const repository = await openLocal(path);
      expect(await listTree(repository, await resolveCommit(repository))).toHaveLength(2);
    }
    expect(await branchOf(await openLocal(join(work.path, 'linked')))).toBe('topic');
  });

  test('says when there is no repository', async () => {
    await using work = await temporaryDirectory();
    await writeFile(join(work.path, 'HEAD'), 'not a repository');

    await expect(openLocal(join(work.path, 'missing'))).rejects.toMatchObject({ code: 'repository_not_found' });
    await expect(openLocal(work.path)).rejects.toMatchObject({ code: 'repository_not_found' });
  });

  test('takes a link to a repository for the repository', async () => {
    await using work = await temporaryDirectory();
    const bare = await makeRepository(join(work.path, 'bare'), SKETCH);
    await symlink(bare, join(work.path, 'link'));

    expect((await openLocal(join(work.path, 'link'))).source.gitDir).toBe(bare);
  });
});

describe('resolveCommit', () => {
  test('knows branches, tags, short and full ids', async () => {
    await using work = await temporaryDirectory();
    const sketch = { ...SKETCH, tags: [{ name: 'v1', commit: 0, isAnnotated: true }] };
    const repository = await openGitDir(await makeRepository(join(work.path, 'bare'), sketch));
    const head = await resolveCommit(repository);

    for (const ref of ['main', 'refs/heads/main', 'v1', head, head.slice(0, 8)]) {
      expect(await resolveCommit(repository, ref)).toBe(head);
    }
  });

  test.each([
    '--output=/tmp/canary',
    '-h',
    '--',
    'main..main',
    'no-such',
    'main\nmain',
    '',
    'a'.repeat(2_000),
    'main:src',
    ':/',
  ])('refuses %j', async (ref) => {
    await using work = await temporaryDirectory();
    const repository = await openGitDir(await makeRepository(join(work.path, 'bare'), SKETCH));

    await expect(resolveCommit(repository, ref)).rejects.toMatchObject({ code: 'repository_no_such_branch' });
  });

  test('reads a branch whose name begins with a dash', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    await runGit(['update-ref', 'refs/heads/--output=x', 'refs/heads/main'], { gitDir });
    const repository = await openGitDir(gitDir);

    expect(await resolveCommit(repository, 'refs/heads/--output=x')).toBe(await resolveCommit(repository, 'main'));
  });

  test('tells an empty repository from a missing ref', async () => {
    await using work = await temporaryDirectory();
    const gitDir = join(work.path, 'empty');
    await runGit(['init', '--quiet', '--bare', '--template=', '--', gitDir]);

    await expect(resolveCommit(await openGitDir(gitDir))).rejects.toMatchObject({ code: 'repository_empty' });
  });
});

describe('listTree', () => {
  test('keeps names exactly, links and submodules included', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    const names = ['new\nline', 'quo"te', 'back\\slash', 'tab\there', '-dash', '絵文字🎉', 'Case', 'case'];
    const blob = (await runGit(['hash-object', '-w', '--stdin'], { gitDir, input: '/etc/passwd' })).toString().trim();
    const commit = (await runGit(['rev-parse', 'main'], { gitDir })).toString().trim();
    const entries = [
      ...names.map((name) => `100644 blob ${blob}\t${name}`),
      `120000 blob ${blob}\tlink`,
      `160000 commit ${commit}\tsubmodule`,
    ];
    const tree = (await runGit(['mktree', '-z'], { gitDir, input: entries.map((entry) => `${entry}\0`).join('') }))
      .toString()
      .trim();

    const listed = await listTree(await openGitDir(gitDir), tree);

    expect(listed.map(({ path }) => path).sort()).toEqual([...names, 'link', 'submodule'].sort());
    expect(listed.find(({ path }) => path === 'link')?.mode).toBe('120000');
    expect(listed.find(({ path }) => path === 'submodule')).toMatchObject({ mode: '160000', sizeBytes: 0 });
  });

  test('keeps a path of four kilobytes', async () => {
    await using work = await temporaryDirectory();
    const path = `${'d/'.repeat(2_000)}deep.ts`;
    const repository = await openGitDir(await makeRepository(join(work.path, 'bare'), { files: { [path]: 'x\n' } }));

    const listed = await listTree(repository, await resolveCommit(repository));

    expect(listed.map((entry) => entry.path)).toEqual([path]);
  });

  test('lists names that would leave the tree as plain text', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    const blob = (await runGit(['hash-object', '-w', '--stdin'], { gitDir, input: 'x' })).toString().trim();
    const raw = Buffer.concat(
      ['..', '.git'].map((name) => Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blob, 'hex')])),
    );
    const file = join(work.path, 'raw-tree');
    await writeFile(file, raw);
    const tree = (await runGit(['hash-object', '-t', 'tree', '-w', '--literally', '--', file], { gitDir }))
      .toString()
      .trim();

    const listed = await listTree(await openGitDir(gitDir), tree);

    expect(listed.map(({ path }) => path)).toEqual(['..', '.git']);
  });

  test('stops at a tree with more files than it may have', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    const bomb = await makeBomb(gitDir, 9);

    // A thousand million files: a walk to the end would outlast the test.
    await expect(listTree(await openGitDir(gitDir), bomb, undefined, 20_000)).rejects.toMatchObject({
      code: 'repository_too_large',
    });
  });
});

describe('walkTree', () => {
  test('ends when its reader has seen enough, however many files there are', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    const paths: string[] = [];

    for await (const { path } of walkTree(await openGitDir(gitDir), await makeBomb(gitDir, 9))) {
      if (paths.push(path) === 3) break;
    }

    expect(paths).toEqual(['d0', 'd1', 'd2'].map((name) => `${'d0/'.repeat(8)}${name}`));
  });

  test('lets others have their turn while each file takes its time', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    const tree = await makeBomb(gitDir, 3);
    let inARow = 0;
    let mostInARow = 0;
    const restart = () => {
      inARow = 0;
      pending = setImmediate(restart);
    };
    let pending = setImmediate(restart);

    for await (const _ of walkTree(await openGitDir(gitDir), tree)) {
      mostInARow = Math.max(mostInARow, ++inARow);
      for (const startedAt = performance.now(); performance.now() - startedAt < 1; );
    }
    clearImmediate(pending);

    expect(mostInARow).toBeLessThanOrEqual(10);
  });
});

describe('readBlobs', () => {
  test('gives every blob in order and null for what is missing', async () => {
    await using work = await temporaryDirectory();
    const files = Object.fromEntries(
      Array.from({ length: 600 }, (_, index) => [`f${index}`, `text ${index}\n`.repeat(index)]),
    );
    const repository = await openGitDir(await makeRepository(join(work.path, 'bare'), { files }));
    const tree = await listTree(repository, await resolveCommit(repository));
    const missing = 'f'.repeat(40);
    const ids = [missing, ...tree.map(({ blobId }) => blobId), missing];

    const sizes: (number | null)[] = [];
    for await (const { bytes } of readBlobs(repository, ids)) sizes.push(bytes?.length ?? null);

    expect(sizes).toEqual([null, ...tree.map(({ sizeBytes }) => sizeBytes), null]);
  });

  test('passes over what is larger than asked for', async () => {
    await using work = await temporaryDirectory();
    const files = { a: 'small\n', b: 'x'.repeat(300_000), c: 'after\n' };
    const repository = await openGitDir(await makeRepository(join(work.path, 'bare'), { files }));
    const tree = await listTree(repository, await resolveCommit(repository));
    const ids = tree.map(({ blobId }) => blobId);

    const read: (string | number | null | undefined)[][] = [];
    for await (const { bytes, sizeBytes } of readBlobs(repository, ids, undefined, 1_000)) {
      read.push([bytes?.toString(), sizeBytes]);
    }

    expect(read).toEqual([
      ['small\n', 6],
      [undefined, 300_000],
      ['after\n', 6],
    ]);
  });

  test('ends Git when its reader leaves early', async () => {
    await using work = await temporaryDirectory();
    const repository = await openGitDir(await makeRepository(join(work.path, 'bare'), SKETCH));
    const [entry] = await listTree(repository, await resolveCommit(repository));
    const ids = Array.from({ length: 50_000 }, () => entry?.blobId ?? '');

    for await (const { bytes } of readBlobs(repository, ids)) {
      expect(bytes?.toString()).toBe('# B\n');
      break;
    }
  });

  test('says that a damaged object cannot be read', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    const repository = await openGitDir(gitDir);
    const commit = await resolveCommit(repository);
    await rm(join(gitDir, 'objects'), { recursive: true });

    await expect(listTree(repository, commit)).rejects.toMatchObject({ code: expect.stringMatching(/^repository_/) });
  });
});

describe('readFileAt', () => {
  test('reads one plain file of a commit, and no link or larger file', async () => {
    await using work = await temporaryDirectory();
    const repository = await openGitDir(await makeRepository(join(work.path, 'bare'), SKETCH));
    const commit = await resolveCommit(repository);
    const read = (path: string, maxBytes = 1_000) => readFileAt(repository, commit, path, { maxBytes });

    expect((await read('src/a.ts'))?.toString()).toBe('one\ntwo\n');
    expect(await read('src/a.ts', 3)).toBeNull();
    expect(await read('src')).toBeNull();
    expect(await read('../etc/passwd').catch(() => null)).toBeNull();
    expect(await read('*.md')).toBeNull();
  });
});

test('blame names who last changed each line', async () => {
  await using work = await temporaryDirectory();
  const sketch = {
    commits: [
      { message: 'feat: begin', files: { 'a.ts': 'one\ntwo\n' } },
      { message: 'fix: second line', files: { 'a.ts': 'one\nTWO\n' }, author: 'Grace <Grace@example.com>' },
    ],
  };
  const repository = await openGitDir(await makeRepository(join(work.path, 'bare'), sketch));
  const commit = await resolveCommit(repository);

  const lines = await blame(repository, { commit, path: 'a.ts', startLine: 1, endLine: 2 });

  expect(lines).toMatchObject([
    { line: 1, authorEmail: 'ada@example.com', subject: 'feat: begin' },
    { line: 2, authorEmail: 'grace@example.com', subject: 'fix: second line', commit },
  ]);
});

/** A few trees that list ten to the power of `depth` files. */
async function makeBomb(gitDir: string, depth: number): Promise<string> {
  let kind = 'blob';
  let id = (await runGit(['hash-object', '-w', '--stdin'], { gitDir, input: 'boom' })).toString().trim();
  for (let level = 0; level < depth; level += 1) {
    const mode = kind === 'blob' ? '100644' : '040000';
    const lines = Array.from({ length: 10 }, (_, index) => `${mode} ${kind} ${id}\td${index}\n`).join('');
    id = (await runGit(['mktree'], { gitDir, input: lines })).toString().trim();
    kind = 'tree';
  }
  return id;
}
