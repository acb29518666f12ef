import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Agent, fetch } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { selfSignedCertificate } from '@/tests/support/certificate';
import { createOutgoingFetch, type OutgoingOptions } from './outgoing-fetch';
import { outgoingProblem } from './outgoing-problem';

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A server on this machine; `requests` are those that reached it. */
async function serve(answer: RequestListener) {
  const requests: { url: string; headers: Record<string, unknown> }[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${port}`, named: `http://localhost:${port}`, port, requests };
}

async function serveTls(certificate: { key: string; cert: string }) {
  const server = createTlsServer(certificate, (_request, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `https://localhost:${(server.address() as { port: number }).port}` };
}

function outgoing(options: Partial<OutgoingOptions> = {}) {
  const fetch = createOutgoingFetch({
    rules: { allowLocal: true },
    timeoutMs: 5_000,
    maxBytes: 1_000,
    maxRedirects: 2,
    ...options,
  });
  closers.push(async () => fetch[Symbol.asyncDispose]());
  return fetch;
}

describe('what leaves the product', () => {
  test('reaches a server and brings its answer', async () => {
    const server = await serve((_request, response) => response.end('{"ok":true}'));

    const response = await outgoing()(`${server.url}/api`, { headers: { authorization: 'Bearer t' } });

    expect(await response.json()).toEqual({ ok: true });
    expect(server.requests).toMatchObject([{ url: '/api', headers: { authorization: 'Bearer t' } }]);
  });

  test('reaches no inner address, by literal or by name, unless it is allowed', async () => {
    const server = await serve((_request, response) => response.end('inner'));
    const strict = outgoing({ rules: {} });

    for (const address of [
      'https://127.0.0.1',
      'https://[::1]',
      'https://169.254.169.254',
      'https://localhost',
      'https://[::ffff:10.0.0.1]',
    ]) {
      await expect(strict(address)).rejects.toMatchObject({ code: 'outgoing_address_refused' });
    }
    await expect(strict(server.url)).rejects.toMatchObject({ code: 'outgoing_protocol_refused' });
    expect(server.requests).toEqual([]);

    const allowed = outgoing({ rules: { allowedHosts: [`127.0.0.1:${server.port}`] } });
    expect(await (await allowed(server.url)).text()).toBe('inner');
    await expect(allowed(server.named)).rejects.toMatchObject({ code: 'outgoing_protocol_refused' });
  });

  test.each(['https://example.com:22', 'https://example.com:5432'])(
    'speaks to no port but those of HTTP: %s',
    async (url) => {
      await expect(outgoing()(url)).rejects.toMatchObject({ code: 'outgoing_address_refused' });
    },
  );

  test('follows redirects of reads, checks each, and leaves credentials behind at the border of the origin', async () => {
    const other = await serve((_request, response) => response.end('there'));
    const server = await serve((request, response) => {
      response.writeHead(302, { location: request.url === '/out' ? other.url : 'https://10.0.0.1/' });
      response.end();
    });
    const fetch = outgoing();

    const response = await fetch(`${server.url}/out`, { headers: { authorization: 'Bearer t', 'x-kept': 'yes' } });

    expect(await response.text()).toBe('there');
    expect(other.requests[0]?.headers).toMatchObject({ 'x-kept': 'yes' });
    expect(other.requests[0]?.headers).not.toHaveProperty('authorization');
    await expect(fetch(`${server.url}/in`)).rejects.toMatchObject({ code: 'outgoing_address_refused' });
    await expect(fetch(`${server.url}/out`, { method: 'POST', body: 'x' })).rejects.toMatchObject({
      code: 'outgoing_redirected',
    });
  });

  test('ends a circle of redirects', async () => {
    const server = await serve((_request, response) => response.writeHead(302, { location: '/again' }).end());

    await expect(outgoing()(server.url)).rejects.toMatchObject({ code: 'outgoing_redirected' });
    expect(server.requests).toHaveLength(3);
  });

  test('stops at the largest answer it takes', async () => {
    const server = await serve((_request, response) => response.end('x'.repeat(1_001)));
    const response = await outgoing()(server.url);

    await expect(response.text()).rejects.toMatchObject({ code: 'outgoing_too_large' });
  });

  test('gives a silent server and a slow body up', async () => {
    const silent = await serve(() => undefined);
    const slow = await serve((_request, response) => response.write('x'));
    const fetch = outgoing({ timeoutMs: 200 });

    await expect(fetch(silent.url)).rejects.toMatchObject({ code: 'outgoing_timeout' });
    const response = await fetch(slow.url);
    await expect(response.text()).rejects.toMatchObject({ code: 'outgoing_timeout' });
  });

  test('tells a closed port and an unknown host apart', async () => {
    const server = await serve((_request, response) => response.end());
    await closers.pop()?.();

    await expect(outgoing()(server.url)).rejects.toMatchObject({ code: 'outgoing_unreachable' });
    await expect(outgoing()('https://no-such-host.invalid')).rejects.toMatchObject({ code: 'outgoing_host_unknown' });
  });

  test.each([
    ['that it signed itself', {}, 'outgoing_tls_untrusted'],
    ['that has expired', { isExpired: true }, 'outgoing_tls_expired'],
  ])('tells a certificate %s', async (_, wish, code) => {
    const { url } = await serveTls(selfSignedCertificate(wish));

    await expect(outgoing()(url)).rejects.toMatchObject({ code, details: { host: new URL(url).host } });
  });

  test('tells a certificate that is trusted, but for another host', async () => {
    const certificate = selfSignedCertificate({ host: 'other.example' });
    const { url } = await serveTls(certificate);
    const agent = new Agent({ connect: { ca: certificate.cert } });
    closers.push(() => agent.destroy());

    const error = await fetch(url, { dispatcher: agent }).catch((thrown: unknown) => thrown);

    expect(outgoingProblem(error, new URL(url))).toMatchObject({ code: 'outgoing_tls_wrong_name' });
  });

  test('tells a port where no TLS is spoken', async () => {
    const server = await serve((_request, response) => response.end());

    await expect(outgoing()(server.url.replace('http:', 'https:'))).rejects.toMatchObject({ code: 'outgoing_tls' });
  });

  test('stops when the asker does', async () => {
    const silent = await serve(() => undefined);
    const asker = new AbortController();
    const asked = outgoing()(silent.url, { signal: asker.signal });
    asker.abort(new Error('no longer wanted'));

    await expect(asked).rejects.toThrow('no longer wanted');
  });
});
