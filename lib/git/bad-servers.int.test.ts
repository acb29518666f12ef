import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Behaviour, makeRepository, serveGit, temporaryDirectory } from '@/tests/support/git-remote';
import { fetchMirror } from './mirror';
import { listTree, resolveCommit } from './read-tree';
import { remoteHead } from './remote-head';
import { transportOptions } from './remote-options';
import { parseRepositoryUrl } from './repository-url';
import { runGit } from './run-git';

const LIMITS = { maxBytes: 50_000_000, timeoutMs: 30_000 };
const LOCAL = { allowLocal: true };
const SKETCH = { files: { 'src/a.ts': 'export const a = 1;\n', 'README.md': '# A\n' } };
const REFS = 'application/x-git-upload-pack-advertisement';
const PACK = 'application/x-git-upload-pack-result';

const remote = (address: string) => ({ url: parseRepositoryUrl(address, LOCAL), rules: LOCAL });

function answer(response: ServerResponse, type: string, body: string | Buffer): true {
  response.writeHead(200, { 'content-type': type }).end(body);
  return true;
}

function line(text: string): string {
  return (text.length + 4).toString(16).padStart(4, '0') + text;
}

const isFetch = (url: string | undefined) => url?.endsWith('/git-upload-pack') === true;

/** Serves files as they lie, as a plain web server does: what Git calls the dumb protocol. */
const dumb =
  (root: string, withhold: (path: string) => boolean = () => false): Behaviour =>
  (request, response) => {
    const path = new URL(request.url ?? '/', 'http://h').pathname;
    try {
      if (withhold(path)) throw new Error('withheld');
      return answer(response, 'text/plain', readFileSync(join(root, path)));
    } catch {
      response.writeHead(404).end();
      return true;
    }
  };

async function dumbRepository(root: string): Promise<string> {
  const gitDir = await makeRepository(join(root, 'a.git'), SKETCH);
  await runGit(['update-server-info'], { gitDir });
  return gitDir;
}

describe('a server that answers nonsense', () => {
  test.each([
    ['a web page', 'text/html', '<html>Welcome</html>', /^repository_(?:not_found|unreadable)$/],
    ['nothing', REFS, '', /^repository_unreadable$/],
    ['a page with the type of Git', REFS, '<html>Welcome</html>', /^repository_unreadable$/],
    ['noise', REFS, randomBytes(5_000), /^repository_(?:unreadable|corrupt)$/],
    ['lines of a length that lies', REFS, 'ffff# service=git-upload-pack\n', /^repository_unreadable$/],
    [
      'refs that are none',
      REFS,
      `${line('# service=git-upload-pack\n')}0000${line('hello world\n')}0000`,
      /^repository_unreadable$/,
    ],
    [
      'an error of its own',
      REFS,
      `${line('# service=git-upload-pack\n')}0000${line('ERR no space left on device at /srv/git\n')}0000`,
      /^repository_unreadable$/,
    ],
  ])('(%s) is told as what Git cannot read', async (_, type, body, code) => {
    await using work = await temporaryDirectory();
    await using server = await serveGit(work.path, (_request, response) => answer(response, type, body));

    const error = await remoteHead(remote(`${server.url}/a.git`)).catch((thrown) => thrown);

    expect(error.code).toMatch(code);
    expect(error.message).not.toMatch(/\p{C}|Welcome|srv/u);
  });

  test.each([
    ['a page', '<html>Sorry</html>'],
    ['nothing', ''],
    ['noise', randomBytes(3_000)],
    ['a pack of noise', Buffer.concat([Buffer.from('0008NAK\n'), randomBytes(3_000)])],
  ])('(%s) in place of objects leaves no mirror', async (_, body) => {
    await using work = await temporaryDirectory();
    await makeRepository(join(work.path, 'remote', 'a.git'), SKETCH);
    await using server = await serveGit(join(work.path, 'remote'), (request, response) => {
      // The second question is the fetch: the first one lists refs.
      if (!isFetch(request.url) || server.requests.filter(({ path }) => isFetch(path)).length < 3) return false;
      return answer(response, PACK, body);
    });
    const mirrors = join(work.path, 'mirrors');

    const fetched = fetchMirror({ ...remote(`${server.url}/a.git`), dir: join(mirrors, 'one'), ...LIMITS });

    await expect(fetched).rejects.toMatchObject({
      code: expect.stringMatching(/^repository_(?:unreadable|corrupt|unreachable)$/),
    });
    expect(await readdir(mirrors)).toEqual([]);
  });

  test('that hangs up in the middle of a pack is worth another try', async () => {
    await using work = await temporaryDirectory();
    await makeRepository(join(work.path, 'remote', 'a.git'), SKETCH);
    await using server = await serveGit(join(work.path, 'remote'), (request, response) => {
      if (!isFetch(request.url) || server.requests.filter(({ path }) => isFetch(path)).length < 3) return false;
      response.writeHead(200, { 'content-type': PACK });
      response.write(`${line('packfile\n')}${line(`\u0001PACK${'\0'.repeat(50)}`)}`, () => response.destroy());
      return true;
    });

    const fetched = fetchMirror({ ...remote(`${server.url}/a.git`), dir: join(work.path, 'm'), ...LIMITS });

    await expect(fetched).rejects.toMatchObject({ code: 'repository_unreachable' });
  });
});

describe('a server of plain files', () => {
  test('is read', async () => {
    await using work = await temporaryDirectory();
    await dumbRepository(work.path);
    await using server = await serveGit(work.path, dumb(work.path));

    const mirror = await fetchMirror({ ...remote(`${server.url}/a.git`), dir: join(work.path, 'm'), ...LIMITS });

    expect(await listTree(mirror.repository, await resolveCommit(mirror.repository))).toHaveLength(2);
  });

  test.each(['main', 'main^{tree}', 'main:src/a.ts'])(
    'that lacks the object of %s is told as damaged',
    async (name) => {
      await using work = await temporaryDirectory();
      const gitDir = await dumbRepository(work.path);
      const id = (await runGit(['rev-parse', name], { gitDir })).toString().trim();
      await rm(join(gitDir, 'objects', id.slice(0, 2), id.slice(2)));
      await using server = await serveGit(work.path, dumb(work.path));

      const fetched = fetchMirror({ ...remote(`${server.url}/a.git`), dir: join(work.path, 'm', 'one'), ...LIMITS });

      await expect(fetched).rejects.toMatchObject({ code: 'repository_corrupt' });
      expect(await readdir(join(work.path, 'm'))).toEqual([]);
    },
  );

  test('that names other places to look for objects has them ignored', async () => {
    await using work = await temporaryDirectory();
    await dumbRepository(work.path);
    await using inner = await serveGit(work.path, dumb(work.path));
    await using server = await serveGit(work.path, (request, response) =>
      request.url?.includes('alternates')
        ? answer(response, 'text/plain', `${inner.url}/a.git/objects\n`)
        : dumb(work.path, (path) => /objects\/[0-9a-f]{2}\//.test(path))(request, response),
    );

    const fetched = fetchMirror({ ...remote(`${server.url}/a.git`), dir: join(work.path, 'm'), ...LIMITS });

    await expect(fetched).rejects.toMatchObject({ code: expect.stringMatching(/^repository_/) });
    expect(inner.requests).toEqual([]);
  });
});

describe('a server that wastes time or room', () => {
  test('with a byte a second is given up when its time is over', async () => {
    await using work = await temporaryDirectory();
    const timers: NodeJS.Timeout[] = [];
    await using server = await serveGit(work.path, (_request, response) => {
      response.writeHead(200, { 'content-type': REFS });
      timers.push(setInterval(() => response.write('0'), 100));
      return true;
    });
    const startedAt = Date.now();

    const read = remoteHead(remote(`${server.url}/a.git`), { timeoutMs: 1_500 });

    await expect(read).rejects.toMatchObject({ code: 'repository_timeout' });
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    for (const timer of timers) clearInterval(timer);
  });

  test('with a pack without end is stopped at the limit, and its bytes are removed', async () => {
    await using work = await temporaryDirectory();
    await makeRepository(join(work.path, 'remote', 'a.git'), SKETCH);
    const noise = randomBytes(65_000);
    const header = Buffer.from('PACK\0\0\0\u0002\u7fff'.slice(0, 8), 'latin1');
    // One blob of two gigabytes: type 3, size in the varint that follows, then stored deflate blocks for ever.
    const start = Buffer.concat([header, Buffer.from([0, 0, 0, 1, 0xb0, 0x80, 0x80, 0x80, 0x40, 0x78, 0x01])]);
    const block = Buffer.concat([Buffer.from([0, 0xe8, 0xfd, 0x17, 0x02]), noise]);
    const band = (bytes: Buffer) =>
      Buffer.concat([Buffer.from((bytes.length + 5).toString(16).padStart(4, '0')), Buffer.from([1]), bytes]);
    await using server = await serveGit(join(work.path, 'remote'), (request, response) => {
      if (!isFetch(request.url) || server.requests.filter(({ path }) => isFetch(path)).length < 3) return false;
      response.writeHead(200, { 'content-type': PACK });
      response.write(line('packfile\n'));
      response.write(band(start));
      const more = (): void => {
        while (!response.destroyed && response.write(band(block)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
      return true;
    });
    const mirrors = join(work.path, 'mirrors');
    const request = { ...remote(`${server.url}/a.git`), dir: join(mirrors, 'one'), maxBytes: 3_000_000 };

    await expect(fetchMirror({ ...request, timeoutMs: 30_000 })).rejects.toMatchObject({
      code: 'repository_too_large',
    });
    expect(await readdir(mirrors)).toEqual([]);
  });
});

describe('an address without a name', () => {
  test('of IPv6 is read', async () => {
    await using work = await temporaryDirectory();
    await makeRepository(join(work.path, 'a.git'), SKETCH);
    await using server = await serveGit(work.path, undefined, '::1');

    const mirror = await fetchMirror({ ...remote(`${server.url}/a.git`), dir: join(work.path, 'm'), ...LIMITS });

    expect(mirror.head.defaultBranch).toBe('main');
  });

  test.each([
    ['https://[2606:4700:4700::1111]/a/b', []],
    ['https://1.1.1.1/a/b', []],
    [
      'http://localhost:8080/a/b',
      [expect.stringMatching(/^http\.curloptResolve=localhost:8080:(?:127\.0\.0\.1|\[::1\])$/)],
    ],
  ])('%s is pinned only where there is something to look up', async (address, pins) => {
    const { config } = await transportOptions(remote(address));

    expect(config?.filter((one) => one.startsWith('http.curloptResolve'))).toEqual(pins);
  });
});
