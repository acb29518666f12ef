import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDb } from '@/lib/db/client';
import { removeWorker, reportWorker } from '@/lib/services/worker-processes';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { checkDatabase } from './database';
import { checkInstance, readParts } from './instance';
import { checkObjects, ObjectSettings } from './objects';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await closeDb();
  await database[Symbol.asyncDispose]();
});

type Parts = Partial<Pick<URL, 'password' | 'pathname' | 'port'>>;
const withParts = (url: string, parts: Parts = {}) => Object.assign(new URL(url), parts).href;

describe('the check of a database', () => {
  test('signs in as both roles and says so', async () => {
    const { url, ownerUrl } = database;

    expect(await checkDatabase({ url, ownerUrl })).toMatch(/^PostgreSQL \d+\S* answers as \w+ and as \w+\.$/);
  });

  test.each([
    [
      'a wrong password of the owner',
      { ownerUrl: { password: 'wrong' } },
      'the user or the password of DATABASE_OWNER_URL',
    ],
    [
      'a database that is not there',
      { url: { pathname: '/nowhere' } },
      'The database DATABASE_URL names does not exist.',
    ],
    ['a port where nothing listens', { url: { port: '1' } }, 'No PostgreSQL answers at DATABASE_URL.'],
  ])('tells %s, and no password', async (_what, changes: { url?: Parts; ownerUrl?: Parts }, expected) => {
    const url = withParts(database.url, changes.url);
    const ownerUrl = withParts(database.ownerUrl, changes.ownerUrl);

    const told = await checkDatabase({ url, ownerUrl }).catch((error: Error) => error.message);

    expect(told).toContain(expected);
    expect(told).not.toContain(new URL(database.url).password);
  });

  test('tells that the owner owns nothing', async () => {
    const { url } = database;

    await expect(checkDatabase({ url, ownerUrl: url })).rejects.toThrow('may make no tables: it must own the database');
  });
});

describe('the check of objects', () => {
  let server: S3rver;
  let directory: string;
  let settings: ObjectSettings;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'elder-check-s3-'));
    server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets: [] });
    await server.run();
    const { port } = (server.httpServer as Server).address() as AddressInfo;
    settings = ObjectSettings.parse({
      S3_BUCKET: 'ancient-elder',
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
      S3_FORCE_PATH_STYLE: 'true',
    });
  });

  afterAll(async () => {
    const closed = once(server.httpServer, 'close');
    server.httpServer.close();
    (server.httpServer as Server).closeAllConnections();
    await closed;
    await rm(directory, { recursive: true, force: true });
  });

  test('makes the bucket once, and leaves nothing in it', async () => {
    expect(await checkObjects(settings)).toContain('was made and takes');
    expect(await checkObjects(settings)).toBe('The bucket ancient-elder takes, gives back and removes objects.');
  });

  test('tells a login that is refused, and a place where nothing listens', async () => {
    const told = async (changes: Partial<ObjectSettings>) =>
      checkObjects({ ...settings, ...changes }).catch((error: Error) => error.message);

    expect(await told({ S3_ACCESS_KEY_ID: 'UNKNOWN' })).toContain('refuses S3_ACCESS_KEY_ID or what it may do');
    expect(await told({ S3_ENDPOINT: 'http://127.0.0.1:1' })).toContain('nothing answers for the bucket ancient-elder');
  });
});

describe('the check of an instance', () => {
  /** A part of the product as far as it is asked here. */
  const startPart = async (answers: Readonly<Record<string, number>>) => {
    const server = createServer((request, response) => response.writeHead(answers[request.url ?? ''] ?? 404).end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { port, [Symbol.asyncDispose]: async () => void server.close() };
  };
  const WELL = { '/api/v1/health/ready': 200, '/api/v1/openapi.json': 200, '/sign-in': 200 };
  const process = { id: 'checked', host: 'pod-1', pid: 1, version: '0.1.0', cpuCores: 1, concurrency: 2 };
  const report = { ...process, jobs: [], rssBytes: 1, loopLagMs: 0, isDraining: false };

  test('finds nothing where every part is ready and every kind reports', async () => {
    await using web = await startPart(WELL);
    await using worker = await startPart({ '/ready': 200 });
    await reportWorker({ ...report, kinds: ['git'] });

    const parts = readParts([`http://127.0.0.1:${web.port}`, `git=127.0.0.1:${worker.port}`]);

    expect(await checkInstance(parts)).toEqual([]);
    await removeWorker(report.id);
  });

  test('names each part that is not', async () => {
    await using web = await startPart({ ...WELL, '/api/v1/health/ready': 503 });
    await using worker = await startPart({ '/ready': 503 });
    await reportWorker({ ...report, kinds: ['git'] });
    const at = `127.0.0.1:${worker.port}`;

    const problems = await checkInstance(readParts([`http://127.0.0.1:${web.port}`, `git=${at}`, 'judge=127.0.0.1:1']));

    expect(problems).toEqual([
      `The web answers 503 at http://127.0.0.1:${web.port}/api/v1/health/ready.`,
      `A worker that takes git answers 503 at http://${at}/ready.`,
      expect.stringContaining('A worker that takes judge does not answer at http://127.0.0.1:1/ready: '),
      'No worker that takes judge reported to the database within 12 seconds.',
    ]);
    await removeWorker(report.id);
  });

  test('refuses what is no URL and no part', () => {
    expect(() => readParts([])).toThrow('Usage: ');
    expect(() => readParts(['http://web:3000', 'git'])).toThrow('git: Usage: ');
  });
});
