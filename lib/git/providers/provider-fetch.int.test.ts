import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { createOutgoingFetch } from '@/lib/outgoing/outgoing-fetch';
import { createAnswerCache } from './answer-cache';
import { createProviderFetch, type RequestBudget } from './provider-fetch';
import { createRequestPace, PACE_LIMITS } from './request-pace';

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function ask(answer: RequestListener, budget?: RequestBudget) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const outgoing = createOutgoingFetch({
    rules: { allowLocal: true },
    timeoutMs: 5_000,
    maxBytes: 1_000_000,
    maxRedirects: 2,
  });
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  closers.push(async () => outgoing[Symbol.asyncDispose]());
  const pace = createRequestPace({ ...PACE_LIMITS, writeGapMs: 0, longestWaitMs: 500 });
  const answers = createAnswerCache();
  const fetch = createProviderFetch({ provider: 'github', fetch: outgoing, pace, answers, ...(budget && { budget }) });
  const { port } = server.address() as { port: number };
  return { fetch: (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method }), requests };
}

describe('a request to a Git host', () => {
  test.each([
    [401, {}, '{"message":"Bad credentials"}', 'provider_unauthorized', { message: 'Bad credentials' }],
    [
      401,
      { 'github-authentication-token-expiration': '2020-01-02 03:04:05 UTC' },
      '{"message":"Bad credentials"}',
      'provider_token_expired',
      {},
    ],
    [
      401,
      { 'github-authentication-token-expiration': '2120-01-02 03:04:05 UTC' },
      '{"message":"Bad credentials"}',
      'provider_unauthorized',
      {},
    ],
    [
      401,
      {},
      '{"error":"invalid_token","error_description":"Token is expired. You can either do re-authorization or token refresh."}',
      'provider_token_expired',
      {},
    ],
    [401, {}, '{"error":"invalid_token","error_description":"Token was revoked."}', 'provider_unauthorized', {}],
    [
      401,
      { 'x-tfs-serviceerror': 'Access%20Denied%3A%20The%20Personal%20Access%20Token%20used%20has%20expired.' },
      '',
      'provider_token_expired',
      {},
    ],
    [
      401,
      {},
      '{"type":"error","error":{"message":"Token is invalid, expired, or not supported for this endpoint."}}',
      'provider_unauthorized',
      {},
    ],
    [404, {}, '{"message":"Not Found"}', 'provider_not_found', {}],
    [422, {}, '{"message":"Validation Failed"}', 'provider_refused', { message: 'Validation Failed', status: 422 }],
    [403, {}, '{"message":"This installation has been suspended"}', 'provider_suspended', {}],
    [
      403,
      { 'x-accepted-oauth-scopes': 'admin:repo_hook, repo', 'x-oauth-scopes': 'read:user' },
      '{"message":"Not allowed"}',
      'provider_scope_missing',
      { needed: ['admin:repo_hook', 'repo'] },
    ],
    [
      403,
      { 'x-accepted-oauth-scopes': 'repo', 'x-oauth-scopes': 'repo' },
      '{"message":"Repository access blocked"}',
      'provider_refused',
      {},
    ],
    [
      403,
      { 'x-accepted-github-permissions': 'checks=write' },
      '{"message":"Resource not accessible by integration"}',
      'provider_scope_missing',
      { needed: ['checks=write'] },
    ],
    [
      403,
      {},
      '{"error":"insufficient_scope","error_description":"more","scope":"api"}',
      'provider_scope_missing',
      { needed: ['api'] },
    ],
    [
      403,
      {},
      '{"type":"error","error":{"message":"Privileges","detail":{"required":["webhook"],"granted":[]}}}',
      'provider_scope_missing',
      { needed: ['webhook'], message: 'Privileges' },
    ],
    [
      403,
      {},
      '{"message":"token does not have at least one of required scope(s): [write:repository]"}',
      'provider_scope_missing',
      { needed: ['write:repository'] },
    ],
    [403, {}, '{"message":"You have exceeded a secondary rate limit"}', 'provider_rate_limited', {}],
    [429, { 'retry-after': '3000' }, '', 'provider_rate_limited', {}],
  ])('tells what %s means: %j %s', async (status, headers, body, code, details) => {
    const { fetch } = await ask((_request, response) => response.writeHead(status, headers).end(body));

    await expect(fetch('/api')).rejects.toMatchObject({ code, details });
  });

  test('leaves the host alone once a limit is spent, until it says', async () => {
    const reset = Math.floor(Date.now() / 1000) + 3_000;
    const spent = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
    const { fetch, requests } = await ask((_request, response) => response.writeHead(200, spent).end('last'));

    expect(await (await fetch('/first')).text()).toBe('last');
    await expect(fetch('/second')).rejects.toMatchObject({
      code: 'provider_rate_limited',
      details: { retryAt: new Date(reset * 1000).toISOString() },
    });
    expect(requests).toEqual(['GET /first']);
  });

  test('waits out a short limit', async () => {
    let asked = 0;
    const { fetch } = await ask((_request, response) => {
      asked++;
      response.writeHead(200, asked === 1 ? { 'retry-after': '0' } : {}).end(String(asked));
    });

    await fetch('/first');
    expect(await (await fetch('/second')).text()).toBe('2');
  });

  test('asks for what it knows by its ETag', async () => {
    const { fetch, requests } = await ask((request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
      else
        response
          .writeHead(200, { etag: '"v1"', link: '<next>', 'x-ms-continuationtoken': 'more', 'x-ratelimit-limit': '9' })
          .end('{"items":[1]}');
    });

    await (await fetch('/list')).text();
    const again = await fetch('/list');

    expect(again.status).toBe(200);
    expect(await again.json()).toEqual({ items: [1] });
    expect(again.headers.get('link')).toBe('<next>');
    expect(again.headers.get('x-ms-continuationtoken')).toBe('more');
    expect(again.headers.has('x-ratelimit-limit')).toBe(false);
    expect(requests).toHaveLength(2);
  });

  test('asks a host that stumbles again, reads only', async () => {
    let asked = 0;
    const { fetch, requests } = await ask((_request, response) => {
      asked++;
      response.writeHead(asked % 2 === 1 ? 502 : 200).end('ok');
    });

    expect(await (await fetch('/read')).text()).toBe('ok');
    await expect(fetch('/write', 'POST')).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(requests).toEqual(['GET /read', 'GET /read', 'POST /write']);
  });

  test('ends with its budget', async () => {
    const budget = { left: 1 };
    const { fetch, requests } = await ask((_request, response) => response.end('ok'), budget);

    await fetch('/one');
    await expect(fetch('/two')).rejects.toMatchObject({ code: 'provider_refused', details: { problem: 'budget' } });
    expect(requests).toEqual(['GET /one']);
  });
});
