import { readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRepository, temporaryDirectory } from '@/tests/support/git-remote';
import { startSshServer } from '@/tests/support/ssh-server';
import { fetchMirror } from '../mirror';
import { listTree, resolveCommit } from '../read-tree';
import { remoteHead } from '../remote-head';
import { transportOptions } from '../remote-options';
import { parseRepositoryUrl } from '../repository-url';
import { newSshKey } from './new-key';
import { scanHostKeys } from './scan-host-keys';
import { writeSshFiles } from './ssh-files';

const LOCAL = { allowLocal: true };
const SKETCH = { files: { 'src/a.ts': 'export const a = 1;\n', 'README.md': '# A\n' } };

async function serving() {
  const work = await temporaryDirectory();
  await makeRepository(join(work.path, 'remote', 'a.git'), SKETCH);
  const server = await startSshServer(join(work.path, 'remote'));
  const key = newSshKey('test');
  const url = parseRepositoryUrl(`${server.url}/a.git`, LOCAL);
  return {
    server,
    key,
    remote: { url, rules: LOCAL },
    dir: join(work.path, 'mirror'),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await work[Symbol.asyncDispose]();
    },
  };
}

describe('Git over ssh', () => {
  test('fetches with the key that was added, from the host that is known', async () => {
    await using at = await serving();
    at.server.allowed.add(at.key.publicKey);
    await using ssh = await writeSshFiles('127.0.0.1', { hostKeys: at.server.hostKeys, ...at.key });

    const mirror = await fetchMirror({ ...at.remote, ssh, dir: at.dir, maxBytes: 50_000_000, timeoutMs: 30_000 });

    expect(await listTree(mirror.repository, await resolveCommit(mirror.repository))).toHaveLength(2);
    expect(at.server.commands).toEqual(Array(2).fill("git-upload-pack '/a.git'"));
  });

  test('is refused with a key that was not added, and without one', async () => {
    await using at = await serving();
    at.server.allowed.add(newSshKey('another').publicKey);
    const { hostKeys } = at.server;
    await using wrong = await writeSshFiles('127.0.0.1', { hostKeys, ...at.key });
    await using none = await writeSshFiles('127.0.0.1', { hostKeys, privateKey: null });

    for (const ssh of [wrong, none]) {
      await expect(remoteHead({ ...at.remote, ssh })).rejects.toMatchObject({ code: 'repository_auth_required' });
    }
    expect(at.server.commands).toEqual([]);
  });

  test('shows its key to no host that is not known, or shows another key than before', async () => {
    await using at = await serving();
    at.server.allowed.add(at.key.publicKey);
    const before = at.server.hostKeys;
    await using known = await writeSshFiles('127.0.0.1', { hostKeys: before, ...at.key });
    await using unknown = await writeSshFiles('127.0.0.1', { hostKeys: [], ...at.key });

    await expect(remoteHead({ ...at.remote, ssh: unknown })).rejects.toMatchObject({
      code: 'repository_host_key_unknown',
    });
    await at.server.changeHostKey();
    await expect(remoteHead({ ...at.remote, ssh: known })).rejects.toMatchObject({
      code: 'repository_host_key_changed',
    });

    expect(at.server.commands).toEqual([]);
  });

  test('knows nothing of the user it runs as', async () => {
    const { env } = await transportOptions({
      url: parseRepositoryUrl('ssh://git@127.0.0.1/a.git', LOCAL),
      rules: LOCAL,
    });

    expect(env?.GIT_SSH_COMMAND).toContain("-F /dev/null -o 'BatchMode=yes'");
    expect(env?.GIT_SSH_COMMAND).toContain("-o 'IdentityFile=none'");
    expect(env?.GIT_SSH_COMMAND).toContain('-o \'UserKnownHostsFile="/dev/null"\'');
  });

  test('keeps key and known hosts in private files, and only while they are used', async () => {
    const key = newSshKey('test');
    let dir = '';
    {
      await using files = await writeSshFiles('h', { hostKeys: [], ...key });
      dir = dirname(files.knownHosts);
      const modes = await Promise.all([dir, files.knownHosts, files.identity ?? ''].map((path) => stat(path)));

      expect(modes.map(({ mode }) => (mode & 0o777).toString(8))).toEqual(['700', '600', '600']);
    }

    expect(await readdir(tmpdir())).not.toContain(dir.split('/').at(-1));
  });
});

describe('asking a host for its keys', () => {
  test('gives all of them', async () => {
    await using at = await serving();

    const keys = await scanHostKeys({ host: '127.0.0.1', port: at.server.port }, LOCAL);

    expect(keys).toEqual(expect.arrayContaining(at.server.hostKeys));
    expect(keys).toHaveLength(at.server.hostKeys.length);
  });

  test('reaches no inner address', async () => {
    await expect(scanHostKeys({ host: '169.254.169.254', port: 22 }, {})).rejects.toMatchObject({
      code: 'repository_address_refused',
    });
    await expect(scanHostKeys({ host: '127.0.0.1', port: 22 }, {})).rejects.toMatchObject({
      code: 'repository_address_refused',
    });
  });

  test('tells one that shows none', async () => {
    await expect(scanHostKeys({ host: '127.0.0.1', port: 1 }, LOCAL)).rejects.toMatchObject({
      code: 'repository_unreachable',
    });
  });
});
