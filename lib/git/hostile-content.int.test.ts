import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { makeRepository, serveGit, temporaryDirectory } from '@/tests/support/git-remote';
import { plantPrograms } from '@/tests/support/hostile-settings';
import { fetchMirror } from './mirror';
import { openLocal } from './open-local';
import { readFileAt } from './read-file-at';
import { listTree, resolveCommit } from './read-tree';
import { parseRepositoryUrl } from './repository-url';
import { runGit } from './run-git';

const run = promisify(execFile);
const LIMITS = { maxBytes: 50_000_000, timeoutMs: 30_000 };
const LOCAL = { allowLocal: true };
const SKETCH = { files: { 'src/a.ts': 'export const a = 1;\n', 'README.md': '# A\n' } };
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 9000000000\n`;

/** Asks for all that a host and a repository can ask for, and counts who was asked. */
async function fetched(root: string, behave?: Parameters<typeof serveGit>[1]) {
  await using server = await serveGit(root, behave);
  const url = parseRepositoryUrl(`${server.url}/a.git`, LOCAL);
  const mirror = await fetchMirror({ url, rules: LOCAL, dir: join(root, '..', 'mirror'), ...LIMITS });
  const tree = await listTree(mirror.repository, await resolveCommit(mirror.repository));
  return { ...mirror, tree, asked: new Set(server.requests.map(({ path }) => path.split('?')[0])) };
}

describe('what a repository holds', () => {
  test('has nothing run, downloaded or checked out for it', async () => {
    await using work = await temporaryDirectory();
    const canary = join(work.path, 'canary');
    await using inner = await serveGit(work.path, (_request, response) => {
      response.writeHead(404).end();
      return true;
    });
    const source = await makeRepository(join(work.path, 'remote', 'a.git'), {
      files: {
        '.gitattributes': '* filter=lfs diff=evil merge=evil\n',
        '.lfsconfig': `[lfs]\n\turl = ${inner.url}/lfs\n`,
        '.gitmodules': [
          `[submodule "a"]\n\tpath = a\n\turl = ${inner.url}/a.git\n`,
          `[submodule "b"]\n\tpath = "b\r"\n\turl = file:///etc\n\tupdate = !touch ${canary}\n`,
          '[submodule "c"]\n\tpath = c\n\turl = ../../inner.git\n',
        ].join(''),
        'big.bin': POINTER,
        'post-checkout': `#!/bin/sh\ntouch ${canary}\n`,
      },
    });
    const id = (await runGit(['rev-parse', 'main'], { gitDir: source })).toString().trim();
    await addEntry(source, `M 160000 ${id} a\n`);

    const { repository, tree, asked } = await fetched(join(work.path, 'remote'));

    const commit = await resolveCommit(repository);
    expect(tree.find(({ path }) => path === 'a')).toMatchObject({ mode: '160000', sizeBytes: 0 });
    expect((await readFileAt(repository, commit, 'big.bin', { maxBytes: 1_000 }))?.toString()).toBe(POINTER);
    expect(asked).toEqual(new Set(['/a.git/info/refs', '/a.git/git-upload-pack']));
    expect(inner.requests).toEqual([]);
    expect(existsSync(canary)).toBe(false);
    const made = await readdir(repository.gitDir, { recursive: true });
    expect(made.filter((name) => /modules|lfs|hooks\/|index$|big\.bin/.test(name))).toEqual([]);
  });

  test.each([
    ['a file outside', 'link', '/etc/passwd'],
    ['a folder above', 'link', '../../../etc'],
    ['itself', 'link', 'link'],
    ['another link', 'link', 'chain'],
    ['what names submodules', '.gitmodules', '/etc/passwd'],
    ['what gives attributes', '.gitattributes', '/dev/zero'],
  ])('may be a link to %s, which is the text of a link', async (_, name, target) => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'remote', 'a.git'), SKETCH);
    await addEntry(
      source,
      `M 120000 inline ${name}\ndata ${target.length}\n${target}\nM 120000 inline chain\ndata 4\nlink\n`,
    );

    const { repository, tree } = await fetched(join(work.path, 'remote'));

    const commit = await resolveCommit(repository);
    expect(tree.find(({ path }) => path === name)).toMatchObject({ mode: '120000', sizeBytes: target.length });
    expect(await readFileAt(repository, commit, name, { maxBytes: 10_000 })).toBeNull();
  });

  test('may be a bare repository, which is a folder like any other', async () => {
    await using work = await temporaryDirectory();
    const canary = join(work.path, 'canary');
    const tree = join(work.path, 'tree');
    await run('git', ['-c', 'init.defaultBranch=main', 'init', '--quiet', tree]);
    const inner = await makeRepository(join(work.path, 'inner'), SKETCH);
    await plantPrograms(inner, canary);
    await cp(inner, join(tree, 'evil'), { recursive: true });
    await mkdir(join(tree, 'evil', 'worktree'));
    await writeFile(join(tree, 'own.ts'), 'own\n');
    const identity = ['-c', 'user.name=A', '-c', 'user.email=a@x', '-C', tree];
    await run('git', [...identity, 'add', 'own.ts', 'evil/HEAD', 'evil/config']);
    await run('git', [...identity, 'commit', '--quiet', '-m', 'feat: x']);

    const outer = await openLocal(tree);
    const named = await openLocal(join(tree, 'evil', 'worktree'));
    const paths = (await listTree(outer, await resolveCommit(outer))).map(({ path }) => path);

    expect(paths).toEqual(['evil/HEAD', 'evil/config', 'own.ts']);
    expect(await listTree(named, await resolveCommit(named))).toHaveLength(2);
    expect(existsSync(canary)).toBe(false);
  });
});

describe('how a remote repository is kept', () => {
  test('in SHA-256', async () => {
    await using work = await temporaryDirectory();
    const gitDir = join(work.path, 'remote', 'a.git');
    await runGit(['init', '--quiet', '--bare', '--object-format=sha256', '-b', 'main', '--', gitDir]);
    await addEntry(gitDir, 'M 100644 inline a.ts\ndata 2\na\n\n');

    const { tree, head } = await fetched(join(work.path, 'remote'));

    expect(head.objectFormat).toBe('sha256');
    expect(tree.map(({ blobId }) => blobId.length)).toEqual([64]);
  });

  test('without a commit', async () => {
    await using work = await temporaryDirectory();
    await runGit(['init', '--quiet', '--bare', '--', join(work.path, 'remote', 'a.git')]);

    await expect(fetched(join(work.path, 'remote'))).rejects.toMatchObject({ code: 'repository_empty' });
  });

  test.each([
    ['a branch that is not there', 'ref: refs/heads/gone\n', 'main'],
    ['no branch at all', null, 'main'],
  ])('with a HEAD of %s', async (_, head, branch) => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'remote', 'a.git'), SKETCH);
    await writeFile(join(source, 'HEAD'), head ?? (await readFile(join(source, 'refs', 'heads', 'main'))));

    const mirror = await fetched(join(work.path, 'remote'));

    expect(mirror.head.defaultBranch).toBe(branch);
    expect(mirror.tree).toHaveLength(2);
  });

  test('shallow, which the mirror then is, too', async () => {
    await using work = await temporaryDirectory();
    const commits = [1, 2, 3].map((step) => ({ message: `feat: ${step}`, files: { [`${step}.ts`]: 'x\n' } }));
    const whole = await makeRepository(join(work.path, 'whole'), { commits });
    const shallow = join(work.path, 'remote', 'a.git');
    await run('git', ['clone', '--quiet', '--bare', '--depth=1', `file://${whole}`, shallow]);

    const { repository, tree } = await fetched(join(work.path, 'remote'));

    expect(repository.isShallow).toBe(true);
    expect(tree).toHaveLength(3);
  });

  test('with more branches of one name than a disk can hold apart', async () => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'remote', 'a.git'), SKETCH);
    const id = (await runGit(['rev-parse', 'main'], { gitDir: source })).toString().trim();
    await writeFile(
      join(source, 'packed-refs'),
      `# pack-refs with: peeled fully-peeled sorted \n${id} refs/heads/Main\n`,
    );

    const { head } = await fetched(join(work.path, 'remote'));

    expect(head.branches.map(({ name }) => name).sort()).toEqual(['Main', 'main']);
  });
});

/** One more commit on `main`, of what `git fast-import` takes. */
async function addEntry(gitDir: string, entries: string): Promise<void> {
  const head = 'commit refs/heads/main\ncommitter A <a@x> 1700000000 +0000\ndata 2\nx\n';
  const from = existsSync(join(gitDir, 'refs', 'heads', 'main')) ? 'from refs/heads/main^0\n' : '';
  await runGit(['fast-import', '--quiet', '--force'], { gitDir, input: `${head}${from}${entries}\n` });
}
