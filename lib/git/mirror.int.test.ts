import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRepository, pushSketch, serveGit, temporaryDirectory } from '@/tests/support/git-remote';
import { cleanMirrors, fetchMirror } from './mirror';
import { listTree, resolveCommit } from './read-tree';
import { remoteHead } from './remote-head';
import { parseRepositoryUrl } from './repository-url';
import { runGit } from './run-git';

const LIMITS = { maxBytes: 50_000_000, timeoutMs: 30_000 };
const LOCAL = { allowLocal: true };
const SKETCH = { files: { 'src/a.ts': 'export const a = 1;\n', 'README.md': '# A\n' } };

const remote = (address: string) => ({ url: parseRepositoryUrl(address, LOCAL), rules: LOCAL });

describe('fetchMirror', () => {
  test('brings a repository of this machine, and later only what is new', async () => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'source'), SKETCH);
    const request = { ...remote(source), dir: join(work.path, 'mirrors', 'one'), ...LIMITS };

    const first = await fetchMirror(request);
    const before = await resolveCommit(first.repository);
    await pushSketch(source, {
      commits: [
        { message: 'a', files: SKETCH.files },
        { message: 'b', files: { 'b.ts': 'b\n' } },
      ],
    });
    const second = await fetchMirror(request);
    const tree = await listTree(second.repository, await resolveCommit(second.repository, 'main'));

    expect(first.head.defaultBranch).toBe('main');
    expect(await resolveCommit(second.repository)).not.toBe(before);
    expect(tree.map(({ path }) => path)).toEqual(['README.md', 'b.ts', 'src/a.ts']);
  });

  test('brings a repository over HTTP without leaving its token anywhere', async () => {
    await using work = await temporaryDirectory();
    await makeRepository(join(work.path, 'remote', 'a.git'), SKETCH);
    await using server = await serveGit(join(work.path, 'remote'));
    const dir = join(work.path, 'mirror');

    const mirror = await fetchMirror({
      ...remote(`${server.url}/a.git`),
      dir,
      ...LIMITS,
      authorization: 'Bearer c4n4ry',
    });

    expect(await listTree(mirror.repository, await resolveCommit(mirror.repository))).toHaveLength(2);
    expect(server.requests.every(({ authorization }) => authorization === 'Bearer c4n4ry')).toBe(true);
    const files = await readdir(dir, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      expect(await readFile(join(file.parentPath, file.name), 'latin1')).not.toContain('c4n4ry');
    }
  });

  test('refuses to follow a redirect', async () => {
    await using work = await temporaryDirectory();
    await makeRepository(join(work.path, 'remote', 'a.git'), SKETCH);
    await using inner = await serveGit(join(work.path, 'remote'));
    await using server = await serveGit(join(work.path, 'remote'), (request, response) => {
      response.writeHead(302, { location: `${inner.url}${request.url}` }).end();
      return true;
    });

    const fetched = fetchMirror({ ...remote(`${server.url}/a.git`), dir: join(work.path, 'mirror'), ...LIMITS });

    await expect(fetched).rejects.toMatchObject({ code: 'repository_redirected' });
    expect(inner.requests).toEqual([]);
  });

  test.each([
    [401, 'repository_auth_required'],
    [403, 'repository_auth_required'],
    [404, 'repository_not_found'],
    [503, 'repository_unreachable'],
  ])('says why when the host answers %i', async (status, code) => {
    await using work = await temporaryDirectory();
    await using server = await serveGit(work.path, (_request, response) => {
      response.writeHead(status).end('no');
      return true;
    });

    await expect(remoteHead(remote(`${server.url}/a.git`))).rejects.toMatchObject({ code });
  });

  test('stops a transfer that is larger than allowed and leaves nothing behind', async () => {
    await using work = await temporaryDirectory();
    const files = Array.from({ length: 20 }, (_, index) => [`f${index}`, noise(index, 100_000)]);
    const source = await makeRepository(join(work.path, 'source'), { files: Object.fromEntries(files) });
    const mirrors = join(work.path, 'mirrors');

    const fetched = fetchMirror({ ...remote(source), dir: join(mirrors, 'one'), maxBytes: 500_000, timeoutMs: 30_000 });

    await expect(fetched).rejects.toMatchObject({ code: 'repository_too_large' });
    expect(await readdir(mirrors)).toEqual([]);
  });

  test('gives up on a host that stays silent', async () => {
    await using work = await temporaryDirectory();
    await using server = await serveGit(work.path, () => true);

    await expect(remoteHead(remote(`${server.url}/a.git`), { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'repository_timeout',
    });
  });

  test('stops when cancelled', async () => {
    await using work = await temporaryDirectory();
    await using server = await serveGit(work.path, () => true);
    const cancel = new AbortController();
    const fetched = fetchMirror({
      ...remote(`${server.url}/a.git`),
      dir: join(work.path, 'm'),
      ...LIMITS,
      signal: cancel.signal,
    });

    setTimeout(() => cancel.abort(), 50);

    await expect(fetched).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('says that a repository is empty', async () => {
    await using work = await temporaryDirectory();
    const source = join(work.path, 'empty');
    await runGit(['init', '--quiet', '--bare', '--template=', '--', source]);

    const fetched = fetchMirror({ ...remote(source), dir: join(work.path, 'm'), ...LIMITS });

    await expect(fetched).rejects.toMatchObject({ code: 'repository_empty' });
  });

  test('keeps one mirror whole when two audits fetch at once', async () => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'source'), SKETCH);
    const request = { ...remote(source), dir: join(work.path, 'mirrors', 'one'), ...LIMITS };

    const both = await Promise.all([fetchMirror(request), fetchMirror(request), fetchMirror(request)]);

    for (const { repository } of both)
      expect(await listTree(repository, await resolveCommit(repository))).toHaveLength(2);
    expect(await readdir(join(work.path, 'mirrors'))).toEqual(['one']);
  });

  test('goes on after a process that died in the middle of a fetch', async () => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'source'), SKETCH);
    const mirrors = join(work.path, 'mirrors');
    const request = { ...remote(source), dir: join(mirrors, 'one'), ...LIMITS };
    await fetchMirror(request);
    await mkdir(join(mirrors, 'two.0000.draft'), { recursive: true });
    await writeFile(join(request.dir, 'packed-refs.lock'), '');
    await writeFile(join(request.dir, 'refs', 'heads', 'main.lock'), '');
    await writeFile(join(request.dir, 'objects', 'pack', 'tmp_pack_x'), 'half');
    await pushSketch(source, { files: { 'new.ts': 'x\n' } });

    await cleanMirrors(mirrors);
    const mirror = await fetchMirror(request);

    expect((await listTree(mirror.repository, await resolveCommit(mirror.repository))).map(({ path }) => path)).toEqual(
      ['new.ts'],
    );
    expect(await readdir(mirrors)).toEqual(['one']);
    expect(await readdir(join(request.dir, 'objects', 'pack'))).not.toContain('tmp_pack_x');
  });

  test('runs no hook of the source', async () => {
    await using work = await temporaryDirectory();
    const canary = join(work.path, 'canary');
    const source = await makeRepository(join(work.path, 'source'), SKETCH);
    await writeFile(
      join(source, 'config'),
      `[core]\n\trepositoryformatversion = 0\n\tbare = true\n[uploadpack]\n\tpackObjectsHook = touch ${canary}\n`,
    );

    await fetchMirror({ ...remote(source), dir: join(work.path, 'm'), ...LIMITS });

    await expect(readFile(canary)).rejects.toThrow('ENOENT');
  });
});

describe('remoteHead', () => {
  test('lists branches and the default branch', async () => {
    await using work = await temporaryDirectory();
    const source = await makeRepository(join(work.path, 'source'), SKETCH);
    await runGit(['branch', 'topic', 'main'], { gitDir: source });

    const head = await remoteHead(remote(source));

    expect(head).toMatchObject({ isEmpty: false, defaultBranch: 'main', objectFormat: 'sha1' });
    expect(head.branches.map(({ name }) => name)).toEqual(['main', 'topic']);
  });

  test('refuses an address inside before any request', async () => {
    const inner = { url: parseRepositoryUrl('https://10.0.0.1/a/b'), rules: {} };

    await expect(remoteHead(inner)).rejects.toMatchObject({ code: 'repository_address_refused' });
  });
});

/** Text that does not compress, the same in every run. */
function noise(seed: number, length: number): string {
  let text = '';
  for (let part = 0; text.length < length; part += 1) {
    text += createHash('sha512').update(`${seed} ${part}`).digest('base64');
  }
  return text;
}
