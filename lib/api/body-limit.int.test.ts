import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limitBody, readBody } from './body-limit';
import { onError } from './on-error';

const CHUNKED = { 'transfer-encoding': 'chunked' };
const agent = new Agent({ keepAlive: true });
let server: Server;

beforeAll(async () => {
  const app = new Hono();
  app.onError((error, c) => onError(error, c as never));
  app.use('*', limitBody(10));
  app.post('/slow', async (c) => c.text(`got ${(await readBody(c.req.raw, 10, 200)).length}`));
  app.all('/', async (c) => c.text(`got ${await c.req.text()}`));
  // As the web serves it.
  server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false })).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(async () => {
  agent.destroy();
  server.close();
  await once(server, 'close');
});

test.each([
  { body: 'no length and no body', headers: {}, chunks: [], status: 200, answer: 'got ' },
  { body: 'an empty one', headers: { 'content-length': '0' }, chunks: [], status: 200, answer: 'got ' },
  {
    body: 'one of a known length',
    headers: { 'content-length': '4' },
    chunks: ['12', '34'],
    status: 200,
    answer: 'got 1234',
  },
  { body: 'one in chunks', headers: CHUNKED, chunks: ['12345', '67890'], status: 200, answer: 'got 1234567890' },
  { body: 'a larger one in chunks', headers: CHUNKED, chunks: ['12345', '678901'], status: 413, answer: /too_large/ },
  {
    body: 'a larger one',
    headers: { 'content-length': '11' },
    chunks: ['12345678901'],
    status: 413,
    answer: /too_large/,
  },
])('a body: $body', async ({ headers, chunks, status, answer }) => {
  const response = await post(headers, chunks);

  expect(response.status).toBe(status);
  expect(response.text).toMatch(answer);
  expect(response.connection).toBe(status === 413 ? 'close' : 'keep-alive');
});

test('a body that does not arrive in time', async () => {
  const { port } = server.address() as AddressInfo;
  const headers = { 'content-length': '4' };
  const sent = request({ port, host: '127.0.0.1', path: '/slow', method: 'POST', headers });
  sent.on('error', () => {});
  const answered = once(sent, 'response');
  sent.write('12');
  const [response] = await answered;

  expect(response.statusCode).toBe(400);
  response.resume();
  sent.destroy();
});

async function post(headers: Readonly<Record<string, string | undefined>>, chunks: readonly string[]) {
  const { port } = server.address() as AddressInfo;
  const sent = request({ port, host: '127.0.0.1', method: 'POST', headers, agent });
  const answered = once(sent, 'response');
  if (Object.keys(headers).length === 0) sent.useChunkedEncodingByDefault = false;
  for (const chunk of chunks) sent.write(chunk);
  sent.end();
  const [response] = await answered;
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode as number, connection: response.headers.connection, text };
}
