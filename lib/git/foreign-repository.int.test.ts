import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Sketch } from '@/lib/magics/define';
import { makeRepository, temporaryDirectory } from '@/tests/support/git-remote';
import { plantPrograms } from '@/tests/support/hostile-settings';
import { blame } from './blame';
import { openLocal } from './open-local';
import { readBlobs } from './read-blobs';
import { readFileAt } from './read-file-at';
import { listTree, resolveCommit } from './read-tree';
import { branchOf } from './refs';
import { remoteHead } from './remote-head';
import { parseRepositoryUrl } from './repository-url';
import { runGit } from './run-git';

const run = promisify(execFile);
const SKETCH: Sketch = {
  commits: [
    { message: 'feat: begin', files: { 'src/a.ts': 'one\ntwo\n', 'b.md': '# B\n' } },
    { message: 'feat: more', files: { 'src/a.ts': 'one\nTWO\n' } },
  ],
};

/** As somebody would use Git at the keyboard, with all that the repository asks for. */
function plainGit(cwd: string, ...args: string[]): Promise<unknown> {
  const env = { PATH: process.env.PATH, HOME: cwd, GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'A' };
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'protocol.file.allow=always'];
  return run('git', [...identity, ...args], { cwd, env: env as unknown as NodeJS.ProcessEnv });
}

async function readAll(path: string) {
  const repository = await openLocal(path);
  const commit = await resolveCommit(repository);
  const tree = await listTree(repository, commit);
  const ids = tree.map(({ blobId }) => blobId);
  const texts: (string | undefined)[] = [];
  for await (const { bytes } of readBlobs(repository, ids)) texts.push(bytes?.toString());
  const log = await runGit(['log', '--raw', '--numstat', '--format=%s', commit], { gitDir: repository.gitDir });
  const lines = await blame(repository, { commit, path: 'src/a.ts', startLine: 1, endLine: 2 });
  return { repository, commit, paths: tree.map((entry) => entry.path), texts, log: log.toString(), lines };
}

describe('a repository of somebody else', () => {
  test('is read whole while none of the programs it names is run', async () => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'source'), SKETCH);
    const tree = join(work.path, 'tree');
    const canary = join(work.path, 'canary');
    await plainGit(work.path, 'clone', '--quiet', source, tree);
    const honest = await readAll(tree);
    await plantPrograms(join(tree, '.git'), canary);
    await writeFile(join(tree, '.gitattributes'), '* diff=evil filter=evil\n');

    const hostile = await readAll(tree);
    const file = await readFileAt(hostile.repository, hostile.commit, 'src/a.ts', { maxBytes: 100 });
    const head = await remoteHead({ url: parseRepositoryUrl(tree, { allowLocal: true }), rules: { allowLocal: true } });

    expect({ ...hostile, repository: null }).toEqual({ ...honest, repository: null });
    expect(hostile.lines).toHaveLength(2);
    expect(file?.toString()).toBe('one\nTWO\n');
    expect(head).toMatchObject({ defaultBranch: 'main', isEmpty: false });
    expect(existsSync(canary)).toBe(false);
  });

  test('lays traps that a plain Git falls into', async () => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'source'), SKETCH);
    const canary = join(work.path, 'canary');
    await writeFile(join(source, 'evil.sh'), `#!/bin/sh\ntouch '${canary}'\ncat "$@"\n`, { mode: 0o755 });
    await appendFile(join(source, 'config'), `[diff "evil"]\n\ttextconv = ${join(source, 'evil.sh')}\n`);
    await mkdir(join(source, 'info'), { recursive: true });
    await writeFile(join(source, 'info', 'attributes'), '* diff=evil\n');

    await plainGit(work.path, '-c', 'safe.directory=*', `--git-dir=${source}`, 'log', '-p', 'main');

    expect(existsSync(canary)).toBe(true);
  });

  test('asks no remote for the objects it lacks', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    const canary = join(work.path, 'canary');
    const old = (await runGit(['rev-parse', 'main~1:src/a.ts'], { gitDir })).toString().trim();
    await rm(join(gitDir, 'objects', old.slice(0, 2), old.slice(2)));
    await plantPrograms(gitDir, canary);
    const repository = await openLocal(gitDir);

    const blobs: (Buffer | null)[] = [];
    for await (const { bytes } of readBlobs(repository, [old])) blobs.push(bytes);
    const diff = runGit(['log', '-p', 'main'], { gitDir: repository.gitDir });

    expect(blobs).toEqual([null]);
    await expect(diff).rejects.toMatchObject({ code: 'repository_corrupt' });
    expect(existsSync(canary)).toBe(false);
  });

  test('is not written to', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    const before = await readdir(gitDir, { recursive: true });

    await readAll(gitDir);

    expect(await readdir(gitDir, { recursive: true })).toEqual(before);
  });

  test('is read through a directory that is closed to others, gone when the process ends', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    const program = `const { openLocal } = await import('./lib/git/open-local.ts');
      const { statSync } = await import('node:fs');
      const { dirname } = await import('node:path');
      const { gitDir } = await openLocal(process.argv[1]);
      console.log(JSON.stringify([gitDir, statSync(dirname(gitDir)).mode & 0o777, statSync(gitDir).mode & 0o777]));`;

    const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, gitDir]);
    const [shim, ...modes] = JSON.parse(stdout);

    expect(modes).toEqual([0o700, 0o700]);
    expect(existsSync(shim)).toBe(false);
  });
});

test('a directory left by a process that was killed is removed by the next one', async () => {
  await using work = await temporaryDirectory();
  const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
  // Other processes of these tests tidy up, too: not here.
  const env = { ...process.env, TMPDIR: work.path };
  const open = (end: string) => {
    const program = `const { openLocal } = await import('./lib/git/open-local.ts');
      const { gitDir } = await openLocal(process.argv[1]);
      process.stdout.write(gitDir, () => ${end});`;
    return run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program, gitDir], { env });
  };
  const killed = await open("process.kill(process.pid, 'SIGKILL')").catch(({ stdout }) => String(stdout));
  const wasLeft = existsSync(String(killed));

  await open('process.exit(0)');

  expect(wasLeft).toBe(true);
  expect(existsSync(String(killed))).toBe(false);
});

describe('a repository kept in another way', () => {
  test('of SHA-256 ids is read', async () => {
    await using work = await temporaryDirectory();
    const tree = join(work.path, 'tree');
    await plainGit(work.path, 'init', '--quiet', '--object-format=sha256', '-b', 'main', tree);
    await writeFile(join(tree, 'a.ts'), 'one\n');
    await plainGit(tree, 'add', '.');
    await plainGit(tree, 'commit', '--quiet', '-m', 'feat: x');

    const repository = await openLocal(tree);
    const commit = await resolveCommit(repository);

    expect(commit).toHaveLength(64);
    expect(await listTree(repository, commit)).toHaveLength(1);
  });

  test('as a linked work tree has its own HEAD and the refs of all', async () => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'source'), SKETCH);
    const [tree, linked, detached] = ['tree', 'linked', 'detached'].map((name) => join(work.path, name)) as [
      string,
      string,
      string,
    ];
    await plainGit(work.path, 'clone', '--quiet', source, tree);
    await plainGit(tree, 'worktree', 'add', '--quiet', '-b', 'topic', linked, 'HEAD~1');
    await plainGit(tree, 'worktree', 'add', '--quiet', '--detach', detached, 'HEAD~1');
    await plantPrograms(join(tree, '.git'), join(work.path, 'canary'));

    const [main, topic, loose] = await Promise.all([openLocal(tree), openLocal(linked), openLocal(detached)]);

    expect(await branchOf(topic)).toBe('topic');
    expect(await branchOf(loose)).toBeNull();
    expect(await resolveCommit(topic)).toBe(await resolveCommit(main, 'main~1'));
    expect(await resolveCommit(topic, 'main')).toBe(await resolveCommit(main));
    expect(await resolveCommit(loose)).toBe(await resolveCommit(topic));
  });

  test('as a submodule is found by its work tree', async () => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'source'), SKETCH);
    const tree = join(work.path, 'tree');
    await plainGit(work.path, 'clone', '--quiet', source, tree);
    await plainGit(tree, 'submodule', '--quiet', 'add', source, 'part');

    const repository = await openLocal(join(tree, 'part', 'src'));

    expect(repository.source.gitDir).toBe(join(tree, '.git', 'modules', 'part'));
    expect(await listTree(repository, await resolveCommit(repository))).toHaveLength(2);
  });

  test('with packed refs and packed objects, and a branch made since, is read', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), { ...SKETCH, tags: [{ name: 'v1', commit: 0 }] });
    const opened = await openLocal(gitDir);
    await plainGit(gitDir, 'repack', '-adq');
    await plainGit(gitDir, 'pack-refs', '--all');
    await plainGit(gitDir, 'branch', 'later', 'v1');

    const repository = await openLocal(gitDir);

    expect(repository.gitDir).toBe(opened.gitDir);
    expect(await resolveCommit(repository, 'later')).toBe(await resolveCommit(repository, 'main~1'));
  });

  test('that is shallow says so, and ends where it was cut', async () => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'source'), SKETCH);
    const clone = join(work.path, 'clone');
    await plainGit(work.path, 'clone', '--quiet', '--depth=1', `file://${source}`, clone);

    const repository = await openLocal(clone);
    const commits = await runGit(['rev-list', 'HEAD'], { gitDir: repository.gitDir });

    expect(repository.isShallow).toBe(true);
    expect(commits.toString().trim().split('\n')).toHaveLength(1);
  });

  test.each([['--shared'], ['--reference']])('that borrows objects (%s) is read', async (flag) => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'source'), SKETCH);
    const [middle, clone] = [join(work.path, 'middle'), join(work.path, 'clone')];
    await plainGit(work.path, 'clone', '--quiet', '--shared', source, middle);
    const from = flag === '--reference' ? ['--reference', middle] : [flag];
    await plainGit(work.path, 'clone', '--quiet', ...from, middle, clone);

    expect((await readAll(clone)).texts).toEqual(['# B\n', 'one\nTWO\n']);
  });

  test('that borrows objects by a path of its own is read', async () => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'source'), SKETCH);
    const clone = await makeRepository(join(work.path, 'clone'), { files: { 'own.ts': 'own\n' } });
    await mkdir(join(clone, 'objects', 'info'), { recursive: true });
    await writeFile(join(clone, 'objects', 'info', 'alternates'), '../../source/objects\n');
    await writeFile(join(clone, 'refs', 'heads', 'main'), await readFile(join(source, 'refs', 'heads', 'main')));

    expect((await readAll(clone)).paths).toEqual(['b.md', 'src/a.ts']);
  });

  test('with grafts and replaced objects is read as it was committed', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    const head = await resolveCommit(await openLocal(gitDir));
    await plainGit(gitDir, 'replace', head, `${head}~1`);
    await mkdir(join(gitDir, 'info'), { recursive: true });
    await writeFile(join(gitDir, 'info', 'grafts'), `${head}\n`);

    const { lines, log } = await readAll(gitDir);

    expect(log.match(/^feat/gm)).toHaveLength(2);
    expect(lines[1]?.subject).toBe('feat: more');
  });

  test('whose HEAD is a link, as Git once made it, is read', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    await rm(join(gitDir, 'HEAD'));
    await symlink('refs/heads/main', join(gitDir, 'HEAD'));

    expect(await branchOf(await openLocal(gitDir))).toBe('main');
  });

  test('follows HEAD to another branch', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    await plainGit(gitDir, 'branch', 'topic', 'main~1');
    const before = await resolveCommit(await openLocal(gitDir));
    await plainGit(gitDir, 'symbolic-ref', 'HEAD', 'refs/heads/topic');

    const after = await openLocal(gitDir);

    expect(await resolveCommit(after)).not.toBe(before);
    expect(await branchOf(after)).toBe('topic');
  });

  test.each([
    ['a newer version', '[core]\n\trepositoryformatversion = 2\n', 'repository_unsupported'],
    ['an extension nobody knows', '[extensions]\n\tsideways = true\n', 'repository_unsupported'],
  ])('of %s is not read at all', async (_, config, code) => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    await writeFile(join(gitDir, 'config'), config);

    await expect(openLocal(gitDir)).rejects.toMatchObject({ code });
  });

  test('with refs in tables is read, or said to need a newer Git', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    await appendFile(join(gitDir, 'config'), '[extensions]\n\trefStorage = reftable\n');
    await mkdir(join(gitDir, 'reftable'));
    await writeFile(join(gitDir, 'reftable', 'tables.list'), '');

    const read = resolveCommit(await openLocal(gitDir), 'main');

    await expect(read).rejects.toMatchObject({
      code: expect.stringMatching(/^repository_(?:unsupported|no_such_branch|corrupt)$/),
    });
  });

  test('with a HEAD, refs or lists that are pipes does not make anybody wait', async () => {
    await using work = await temporaryDirectory();
    const gitDir = await makeRepository(join(work.path, 'bare'), SKETCH);
    await rm(join(gitDir, 'config'));
    await run(
      'mkfifo',
      ['config', 'packed-refs'].map((name) => join(gitDir, name)),
    );

    await expect(openLocal(gitDir)).rejects.toMatchObject({ code: 'repository_corrupt' });
  });
});
