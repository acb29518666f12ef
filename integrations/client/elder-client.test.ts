import { afterEach, describe, expect, test } from 'vitest';
import { serve, type WebServer } from '@/tests/support/web-server';
import { createElderClient } from './elder-client';
import { ElderProblem, retryAfterOf } from './problem';

const token = 'elder_0123456789';
let server: WebServer | undefined;

afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
});

describe('the client', () => {
  test('sends the token and what was asked, and gives the answer', async () => {
    const seen: unknown[] = [];
    server = await serve((request, response) => {
      seen.push([request.method, request.url, request.headers.authorization]);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[],"nextCursor":null}');
    });

    const client = createElderClient({ url: `${server.url}/elder/`, token });
    const { data } = await client.GET('/api/v1/projects', { params: { query: { limit: 3, search: 'a b' } } });

    expect(data).toEqual({ items: [], nextCursor: null });
    expect(seen).toEqual([['GET', '/elder/api/v1/projects?limit=3&search=a%20b', `Bearer ${token}`]]);
  });

  test('throws a refusal with all that the API says of it', async () => {
    server = await serve((_request, response) => {
      response.writeHead(403, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code: 'forbidden', detail: 'no', requestId: 'r-1', scope: 'write', status: 403 }));
    });

    const asked = createElderClient({ url: server.url, token }).GET('/api/v1/me');

    await expect(asked).rejects.toBeInstanceOf(ElderProblem);
    await expect(asked).rejects.toMatchObject({ status: 403, code: 'forbidden', scope: 'write', requestId: 'r-1' });
  });

  test.each([
    { status: 502, body: '<html>' },
    { status: 404, body: '[1]' },
    { status: 400, body: '{"code":7,"detail":{}}' },
    { status: 307, body: '' },
  ])('takes $status with “$body” for no word of the API, and follows no redirect with the token', async (answer) => {
    const paths: string[] = [];
    server = await serve((request, response) => {
      paths.push(request.url ?? '');
      response.writeHead(answer.status, answer.status === 307 ? { location: '/elsewhere' } : {}).end(answer.body);
    });

    const asked = createElderClient({ url: server.url, token }).GET('/api/v1/me');

    await expect(asked).rejects.toMatchObject({ status: answer.status, code: 'unknown' });
    expect(paths).toEqual(['/api/v1/me']);
  });

  test('sends a request again after the pause that the server asks for, with its body', async () => {
    const bodies: string[] = [];
    const waits: number[] = [];
    server = await serve(async (request, response) => {
      bodies.push((await request.toArray()).join(''));
      if (bodies.length === 1) response.writeHead(429, { 'retry-after': '0' }).end();
      else response.writeHead(201, { 'content-type': 'application/json' }).end('{}');
    });

    const client = createElderClient({ url: server.url, token, onWait: (waitMs) => waits.push(waitMs) });
    await client.POST('/api/v1/projects', { body: { repositoryUrl: 'https://example.org/a' } });

    expect(bodies).toEqual(Array(2).fill('{"repositoryUrl":"https://example.org/a"}'));
    expect(waits).toEqual([0]);
  });

  test('stops at once when it is told to', async () => {
    const stop = new AbortController();
    server = await serve(() => stop.abort());

    const asked = createElderClient({ url: server.url, token, signal: stop.signal }).GET('/api/v1/me');

    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});

test('a pause is told in seconds or as a date', () => {
  const now = Date.UTC(2026, 0, 1);
  const of = (value: string) => retryAfterOf(new Headers({ 'retry-after': value }), now);

  expect(of('7')).toBe(7_000);
  expect(of('Thu, 01 Jan 2026 00:00:30 GMT')).toBe(30_000);
  expect(of('Wed, 31 Dec 2025 00:00:00 GMT')).toBe(0);
  expect(of('soon')).toBeNull();
  expect(retryAfterOf(new Headers(), now)).toBeNull();
});
