import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import { selfSignedCertificate } from '@/tests/support/certificate';
import { makeRepository, runBackend, serveGit, temporaryDirectory } from '@/tests/support/git-remote';
import { remoteHead } from './remote-head';
import { parseRepositoryUrl } from './repository-url';

const LOCAL = { allowLocal: true };
const SKETCH = { files: { 'a.ts': 'export const a = 1;\n' } };

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The repositories of a directory over https. */
async function serveTls(root: string, certificate: { key: string; cert: string }) {
  const server = createServer(certificate, async (request, response) => {
    runBackend(root, request, await buffer(request), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}/a.git`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const head = (address: string) => remoteHead({ url: parseRepositoryUrl(address, LOCAL), rules: LOCAL });

/** As an operator does for an authority of their own. */
async function trust(directory: string, { cert }: { cert: string }): Promise<void> {
  const file = join(directory, 'authority.pem');
  await writeFile(file, cert);
  vi.stubEnv('GIT_SSL_CAINFO', file);
}

test.each([
  ['that it signed itself', {}, 'repository_tls_untrusted'],
  ['that has expired', { isExpired: true }, 'repository_tls_expired'],
])('a host whose certificate is one %s is told so', async (_, wish, code) => {
  await using work = await temporaryDirectory();
  await using server = await serveTls(work.path, selfSignedCertificate(wish));

  await expect(head(server.url)).rejects.toMatchObject({ code });
});

test('a certificate that is trusted, but for another host, is told as that', async () => {
  await using work = await temporaryDirectory();
  const certificate = selfSignedCertificate({ host: 'other.example' });
  await using server = await serveTls(work.path, certificate);
  await trust(work.path, certificate);

  const error = await head(server.url).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ code: 'repository_tls_wrong_name' });
  expect(String(error)).not.toContain('other.example');
});

test('a host of an authority that the operator trusts is read', async () => {
  await using work = await temporaryDirectory();
  await makeRepository(join(work.path, 'a.git'), SKETCH);
  const certificate = selfSignedCertificate();
  await using server = await serveTls(work.path, certificate);
  await trust(work.path, certificate);

  expect(await head(server.url)).toMatchObject({ isEmpty: false, defaultBranch: 'main' });
});

test('a port where no TLS is spoken has no certificate to blame', async () => {
  await using work = await temporaryDirectory();
  await using server = await serveGit(work.path);

  await expect(head(`https://localhost:${server.port}/a.git`)).rejects.toMatchObject({ code: 'repository_tls' });
});
