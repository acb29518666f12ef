import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryDirectory } from '@/tests/support/git-remote';
import { plantPrograms } from '@/tests/support/hostile-settings';
import { readFileAt } from './read-file-at';
import { listTree } from './read-tree';
import { runGit } from './run-git';
import { takeSnapshot, type Uncommitted } from './snapshot';

const run = promisify(execFile);

let work: Awaited<ReturnType<typeof temporaryDirectory>>;
let tree: string;

/** As somebody at a keyboard. */
async function plainGit(...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: work.path, GIT_CONFIG_NOSYSTEM: '1' } as unknown as NodeJS.ProcessEnv;
  const identity = ['-c', 'user.name=Rin', '-c', 'user.email=rin@example.com', '-c', 'protocol.file.allow=always'];
  return (await run('git', [...identity, ...args], { cwd: tree, env })).stdout;
}

const put = async (path: string, text: string) => {
  await mkdir(join(tree, path, '..'), { recursive: true });
  await writeFile(join(tree, path), text);
};

beforeEach(async () => {
  work = await temporaryDirectory();
  tree = join(work.path, 'tree');
  await mkdir(tree);
  await plainGit('init', '--quiet', '-b', 'main');
  for (const name of ['kept', 'changed', 'gone', 'staged']) await put(`src/${name}.ts`, `export const ${name} = 1;\n`);
  await put('.gitignore', '*.log\n');
  await plainGit('add', '.');
  await plainGit('commit', '--quiet', '-m', 'feat: begin');
});

afterEach(() => work[Symbol.asyncDispose]());

/** Everything below a folder: names, contents, links, modes and times. */
async function stateOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, name);
    const found = await lstat(path, { bigint: true });
    hash.update(`${name} ${found.mode} ${found.mtimeNs} ${found.size}\0`);
    if (found.isSymbolicLink()) hash.update(await readlink(path));
    else if (found.isFile()) hash.update(await readFile(path));
  }
  return hash.digest('hex');
}

async function filesOf(kind: Uncommitted, path = tree): Promise<Record<string, string | null>> {
  await using snapshot = await takeSnapshot(path, kind);
  const { repository, commit } = snapshot;
  const entries = await listTree(repository, commit);
  const texts: Record<string, string | null> = {};
  for (const entry of entries) {
    const bytes = await readFileAt(repository, commit, entry.path, { maxBytes: 10_000 }).catch(() => null);
    texts[entry.path] = entry.mode === '160000' ? 'submodule' : (bytes?.toString() ?? null);
  }
  return texts;
}

describe('a snapshot', () => {
  test('of the working tree has what was changed, added and removed, and not what is ignored', async () => {
    await put('src/changed.ts', 'export const changed = 2;\n');
    await put('src/new.ts', 'export const fresh = 1;\n');
    await put('debug.log', 'noise');
    await rm(join(tree, 'src/gone.ts'));
    await put('src/staged.ts', 'export const staged = 2;\n');
    await plainGit('add', 'src/staged.ts');

    const files = await filesOf('working-tree', join(tree, 'src'));

    expect(files).toEqual({
      '.gitignore': '*.log\n',
      'src/changed.ts': 'export const changed = 2;\n',
      'src/kept.ts': 'export const kept = 1;\n',
      'src/new.ts': 'export const fresh = 1;\n',
      'src/staged.ts': 'export const staged = 2;\n',
    });
  });

  test('of the index has what was staged and nothing else', async () => {
    await put('src/staged.ts', 'export const staged = 2;\n');
    await put('src/announced.ts', 'not yet\n');
    await plainGit('add', 'src/staged.ts');
    await plainGit('add', '--intent-to-add', 'src/announced.ts');
    await put('src/staged.ts', 'export const staged = 3;\n');
    await put('src/changed.ts', 'export const changed = 2;\n');

    const files = await filesOf('staged');

    expect(files).toMatchObject({
      'src/changed.ts': 'export const changed = 1;\n',
      'src/staged.ts': 'export const staged = 2;\n',
    });
    expect(Object.keys(files)).toHaveLength(5);
  });

  test('is HEAD with another tree: nothing else of the commit is made up', async () => {
    await put('src/changed.ts', 'export const changed = 2;\n');
    const head = (await plainGit('rev-parse', 'HEAD')).trim();

    await using snapshot = await takeSnapshot(tree, 'working-tree');
    const { gitDir } = snapshot.repository;
    const read = async (id: string) => (await runGit(['cat-file', 'commit', id], { gitDir })).toString();

    expect(snapshot).toMatchObject({ head, branch: 'main' });
    expect(snapshot.commit).not.toBe(head);
    const [mine, theirs] = [await read(snapshot.commit), await read(head)];
    expect(mine.slice(mine.indexOf('\n'))).toBe(theirs.slice(theirs.indexOf('\n')));
  });

  test('without a change is HEAD itself', async () => {
    for (const kind of ['staged', 'working-tree'] as const) {
      await using snapshot = await takeSnapshot(tree, kind);

      expect(snapshot.commit).toBe(snapshot.head);
    }
  });

  test('writes nothing to the repository and leaves nothing behind', async () => {
    await put('src/changed.ts', 'export const changed = 2;\n');
    await put('src/new.ts', 'export const fresh = 1;\n');
    const before = await stateOf(tree);

    const places: string[] = [];
    for (const kind of ['staged', 'working-tree'] as const) {
      await using snapshot = await takeSnapshot(tree, kind);
      places.push(snapshot.repository.gitDir);
      await listTree(snapshot.repository, snapshot.commit);
    }

    expect(await stateOf(tree)).toBe(before);
    expect(places.map((place) => existsSync(place))).toEqual([false, false]);
  });

  test('runs no program that the repository, a filter or a repository inside names', async () => {
    const canary = join(work.path, 'canary');
    await put('.gitattributes', '* filter=evil diff=evil\n');
    await put('src/changed.ts', 'export const changed = 2;\n');
    const inner = join(tree, 'inner');
    await mkdir(inner);
    await run('git', ['init', '--quiet', inner]);
    await plantPrograms(join(inner, '.git'), canary);
    await plantPrograms(join(tree, '.git'), canary);

    const files = await filesOf('working-tree');

    expect(files['src/changed.ts']).toBe('export const changed = 2;\n');
    expect(existsSync(canary)).toBe(false);
  });

  test('starts nothing in a submodule, whatever its settings say', async () => {
    const canary = join(work.path, 'canary');
    const other = join(work.path, 'other');
    await run('git', ['clone', '--quiet', tree, other]);
    await plainGit('submodule', '--quiet', 'add', other, 'vendor');
    await plainGit('commit', '--quiet', '-m', 'chore: vendor');
    await plantPrograms(join(tree, '.git', 'modules', 'vendor'), canary);
    await put('vendor/src/kept.ts', 'changed\n');

    expect(await filesOf('working-tree')).toMatchObject({ vendor: 'submodule' });
    expect(existsSync(canary)).toBe(false);
  });

  test('takes a link as a link, also one in place of a folder, and reads nothing behind it', async () => {
    const secret = join(work.path, 'secret');
    await mkdir(secret);
    await writeFile(join(secret, 'kept.ts'), 'secret\n');
    await rm(join(tree, 'src'), { recursive: true });
    await symlink(secret, join(tree, 'src'));

    const files = await filesOf('working-tree');

    expect(Object.keys(files)).toEqual(['.gitignore', 'src']);
    expect(JSON.stringify(files)).not.toContain('secret\\n');
  });

  test('keeps files whose names are odd, and passes over what is no file', async () => {
    await put('a\nb "c"\t.ts', 'odd\n');
    await rm(join(tree, 'src/gone.ts'));
    await run('mkfifo', [join(tree, 'src/gone.ts'), join(tree, 'pipe')]);
    await put('src/kept.ts/now-a-folder.ts', '1\n').catch(() => undefined);
    await rm(join(tree, 'src/kept.ts'));
    await put('src/kept.ts/now-a-folder.ts', '1\n');
    await chmod(join(tree, 'src/staged.ts'), 0o755);

    const files = await filesOf('working-tree');

    expect(Object.keys(files)).toEqual([
      '.gitignore',
      'a\nb "c"\t.ts',
      'src/changed.ts',
      'src/kept.ts/now-a-folder.ts',
      'src/staged.ts',
    ]);
  });

  test('is taken before the first commit, of a split index and of a linked work tree', async () => {
    const linked = join(work.path, 'linked');
    await plainGit('worktree', 'add', '--quiet', '-b', 'topic', linked);
    await writeFile(join(linked, 'src/new.ts'), 'new\n');
    await plainGit('update-index', '--split-index');
    await put('src/changed.ts', 'export const changed = 2;\n');
    const before = await stateOf(join(tree, '.git'));

    const [split, other] = [await filesOf('working-tree'), await filesOf('working-tree', linked)];

    expect(split['src/changed.ts']).toBe('export const changed = 2;\n');
    expect([other['src/new.ts'], other['src/changed.ts']]).toEqual(['new\n', 'export const changed = 1;\n']);
    expect(await stateOf(join(tree, '.git'))).toBe(before);

    const fresh = join(work.path, 'fresh');
    await run('git', ['init', '--quiet', '-b', 'main', fresh]);
    await writeFile(join(fresh, 'a.ts'), 'one\n');
    await using snapshot = await takeSnapshot(fresh, 'working-tree');
    expect(snapshot).toMatchObject({ head: null, branch: 'main' });
    expect(await listTree(snapshot.repository, snapshot.commit)).toMatchObject([{ path: 'a.ts' }]);
  });

  test('of the index is refused while files are not merged; of the working tree it has the marks', async () => {
    await plainGit('switch', '--quiet', '-c', 'other');
    await put('src/changed.ts', 'export const changed = 3;\n');
    await plainGit('commit', '--quiet', '-am', 'feat: three');
    await plainGit('switch', '--quiet', 'main');
    await put('src/changed.ts', 'export const changed = 4;\n');
    await plainGit('commit', '--quiet', '-am', 'feat: four');
    await plainGit('merge', 'other').catch(() => undefined);

    await expect(filesOf('staged')).rejects.toMatchObject({ code: 'unprocessable', details: { problem: 'unmerged' } });
    expect((await filesOf('working-tree'))['src/changed.ts']).toContain('<<<<<<<');
  });

  test('is not taken of a bare repository', async () => {
    const bare = join(work.path, 'bare.git');
    await run('git', ['clone', '--quiet', '--bare', tree, bare]);

    await expect(takeSnapshot(bare, 'staged')).rejects.toMatchObject({ details: { problem: 'bare' } });
  });

  test('of the index is of the one that a commit is made from, when it lies in the repository', async () => {
    await put('src/changed.ts', 'export const changed = 2;\n');
    await put('src/staged.ts', 'export const staged = 2;\n');
    const next = join(tree, '.git', 'next-index.lock');
    await run('git', ['add', 'src/staged.ts'], { cwd: tree });
    await run('cp', [join(tree, '.git', 'index'), next]);
    await run('git', ['reset', '--quiet'], { cwd: tree });
    const elsewhere = join(work.path, 'index');
    await run('cp', [next, elsewhere]);
    const texts = async (indexFile: string) => {
      await using snapshot = await takeSnapshot(tree, 'staged', { indexFile });
      const { repository, commit } = snapshot;
      return (await readFileAt(repository, commit, 'src/staged.ts', { maxBytes: 1_000 }))?.toString();
    };

    expect(await texts(next)).toBe('export const staged = 2;\n');
    expect(await texts(elsewhere)).toBe('export const staged = 1;\n');
  });
});
