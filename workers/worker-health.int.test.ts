import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { app } from '@/lib/api/app';
import { closeDb } from '@/lib/db/client';
import { WORKER_KINDS } from '@/lib/env';
import { logger } from '@/lib/logger';
import { closePublisher } from '@/lib/realtime/publish';
import { until } from '@/tests/support/audits';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { startWorker } from './worker';

let database: TestDatabase;
let behind: Awaited<ReturnType<typeof door>>;

beforeAll(async () => {
  database = await testDatabase();
  behind = await door(database.url);
  // Settings are read once.
  process.env.DATABASE_URL = behind.url;
});

afterAll(async () => {
  await closePublisher();
  await closeDb();
  await behind[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** The database behind a door that can be shut, as when it is stopped. */
async function door(url: string) {
  const target = new URL(url);
  const open = new Set<Socket>();
  let isShut = false;
  const server = createServer((client) => {
    if (isShut) return void client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => open.delete(socket));
    }
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: through.href,
    shut: () => {
      isShut = true;
      for (const socket of open) socket.destroy();
    },
    open: () => {
      isShut = false;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

async function ask(port: number | null, path: string) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, text: await response.text() };
}

test('stays alive and is not ready while the database is away, and is ready again when it is back', async () => {
  const worker = await startWorker({
    databaseUrl: behind.url,
    kinds: WORKER_KINDS,
    concurrency: 1,
    log: logger(),
    queuePrefix: randomUUID(),
    servers: { host: '127.0.0.1', healthPort: 0, metricsPort: 0 },
  });
  const { health, metrics } = worker.ports;
  const web = async (path: string) => (await app.fetch(new Request(`http://localhost/api/v1/health/${path}`))).status;

  expect(await ask(health, '/ready')).toMatchObject({ status: 200 });
  expect([await web('live'), await web('ready')]).toEqual([200, 200]);

  behind.shut();
  await until('the worker to be not ready', async () => (await ask(health, '/ready')).status === 503);
  const away = await ask(health, '/ready');
  expect(JSON.parse(away.text)).toEqual({ status: 'not_ready', checks: { database: 'failed', queue: 'failed' } });
  expect(await ask(health, '/live')).toMatchObject({ status: 200 });
  expect([await web('live'), await web('ready')]).toEqual([200, 503]);
  expect((await ask(metrics, '/metrics')).status).toBe(200);
  const ofWeb = await app.fetch(new Request('http://localhost/api/v1/metrics'));
  expect(await ofWeb.text()).toMatch(/^elder_ready 0$/m);

  behind.open();
  await until('the worker to be ready again', async () => (await ask(health, '/ready')).status === 200);
  expect(await web('ready')).toBe(200);

  const stopping = worker.stop();
  expect(JSON.parse((await ask(health, '/ready')).text)).toMatchObject({ status: 'draining' });
  expect(await ask(health, '/live')).toMatchObject({ status: 200 });
  await stopping;
  await expect(ask(health, '/live')).rejects.toThrow();
}, 120_000);

test('answers what it is asked for and nothing else', async () => {
  const worker = await startWorker({
    databaseUrl: behind.url,
    kinds: ['judge'],
    concurrency: 3,
    log: logger(),
    queuePrefix: randomUUID(),
    servers: { host: '127.0.0.1', healthPort: 0, metricsPort: 0 },
  });
  const { health, metrics } = worker.ports;

  const answers = await Promise.all([
    ask(health, '/metrics'),
    ask(metrics, '/ready'),
    ask(health, '/ready?verbose'),
    ask(health, '/'),
  ]);
  const posted = await fetch(`http://127.0.0.1:${health}/live`, { method: 'POST' });
  const { text } = await ask(metrics, '/metrics');
  await worker.stop();

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 200, 404]);
  expect(posted.status).toBe(405);
  expect(text).toMatch(/^elder_worker_slots\{kind="judge"\} 3$/m);
  expect(text).toMatch(/^elder_nodejs_eventloop_lag_seconds /m);
});
