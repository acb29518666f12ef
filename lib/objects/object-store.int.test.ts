import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type S3Server, startS3Server } from '@/tests/support/s3-server';
import { openDirectoryStore } from './directory-store';
import type { ObjectInfo, ObjectStore } from './object-store';
import { openS3Store } from './s3-store';

interface Subject {
  store: ObjectStore;
  /** Puts these bytes under the key, past the store. */
  tamper: (key: string, change: (stored: Buffer) => Buffer) => Promise<void>;
  close: () => Promise<void>;
}

const SUBJECTS = { directory: openDirectory, s3: openS3 };
const MEBI = 1024 * 1024;

describe.each(['directory', 's3'] as const)('a store in %s', (kind) => {
  let subject: Subject;
  let store: ObjectStore;

  beforeAll(async () => {
    subject = await SUBJECTS[kind]();
    store = subject.store;
  });

  afterAll(() => subject.close());

  test.each([0, 1, 79, 80, 300_000, 33 * MEBI])('gives back the %i bytes that were put', async (size) => {
    const bytes = randomBytes(size);

    const { sizeBytes } = await store.put(`sizes/${size}`, inChunks(bytes));

    expect(sizeBytes).toBe(size);
    expect((await buffer(await store.get(`sizes/${size}`))).equals(bytes)).toBe(true);
    expect(await store.head(`sizes/${size}`)).toMatchObject({ key: `sizes/${size}`, sizeBytes: size });
  });

  test('lists what is below a folder, and not its neighbours', async () => {
    for (const key of ['list/b', 'list/a/2', 'list/a/1', 'list/a-1', 'listed/c']) await put(key, key);

    const found = await all(store.list('list/'));

    expect(found.map(({ key }) => key).sort()).toEqual(['list/a-1', 'list/a/1', 'list/a/2', 'list/b']);
    expect(found.every(({ sizeBytes, key }) => sizeBytes === key.length)).toBe(true);
    expect(found.every(({ modifiedAt }) => Math.abs(modifiedAt.getTime() - Date.now()) < 60_000)).toBe(true);
  });

  test('replaces and deletes, twice if need be', async () => {
    await put('one/key', 'before');
    await put('one/key', 'after');

    expect(await text('one/key')).toBe('after');
    await store.delete('one/key');
    await store.delete('one/key');
    expect(await store.head('one/key')).toBeNull();
    await expect(store.get('one/key')).rejects.toMatchObject({ code: 'not_found', details: { problem: 'missing' } });
    expect(await all(store.list('one/'))).toEqual([]);
  });

  test.each([1, 17 * MEBI])('keeps what was there when the source fails after %i bytes', async (size) => {
    await put('cut/key', 'whole');
    async function* failing() {
      yield* inChunks(randomBytes(size));
      throw new Error('the source fails');
    }

    await expect(store.put('cut/key', failing())).rejects.toThrow('the source fails');

    expect(await text('cut/key')).toBe('whole');
    expect((await all(store.list('cut/'))).map(({ key }) => key)).toEqual(['cut/key']);
  });

  test('stops when it is told to', async () => {
    const stopping = new AbortController();
    async function* endless() {
      for (let chunk = 0; ; chunk += 1) {
        if (chunk === 3) stopping.abort();
        yield randomBytes(1000);
      }
    }

    await expect(store.put('stopped', endless(), { signal: stopping.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });

    expect(await store.head('stopped')).toBeNull();
  });

  test.each<[string, (stored: Buffer) => Buffer]>([
    ['changed', (stored) => Buffer.from(stored).fill('x', 3, 4)],
    ['cut', (stored) => stored.subarray(0, -1)],
    ['cut to less than a seal', (stored) => stored.subarray(0, 20)],
    ['longer', (stored) => Buffer.concat([stored, Buffer.from('more')])],
    ['empty', () => Buffer.alloc(0)],
  ])('refuses what was %s since', async (_, change) => {
    await put('tampered', 'these are the bytes that were written');
    await subject.tamper('tampered', change);

    await expect(text('tampered')).rejects.toMatchObject({
      code: 'unprocessable',
      details: { problem: 'damaged' },
      message: expect.stringContaining('Use another copy'),
    });
  });

  test.each([
    '',
    '/',
    '../up',
    'a/../../up',
    'a//b',
    '/etc/passwd',
    '.hidden',
    'a/.b',
    'a\\b',
    'a\0b',
    'ä',
    'a'.repeat(600),
  ])('takes no key as %j', async (key) => {
    await expect(put(key, 'x')).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(store.get(key)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(store.head(key)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(store.delete(key)).rejects.toMatchObject({ code: 'invalid_request' });
    if (key !== '') await expect(all(store.list(key))).rejects.toMatchObject({ code: 'invalid_request' });
  });

  const put = (key: string, value: string) => store.put(key, inChunks(Buffer.from(value)));
  const text = async (key: string) => (await buffer(await store.get(key))).toString();
});

describe('a store in a directory', () => {
  test('follows no link and lists none', async () => {
    const { store, close, directory } = await openDirectory();
    const secret = path.join(directory, '..', `${path.basename(directory)}-secret`);
    await writeFile(secret, 'secret');
    await store.put('folder/own', inChunks(Buffer.from('own')));
    await symlink(secret, path.join(directory, 'folder', 'link'));

    await expect(store.get('folder/link')).rejects.toMatchObject({ details: { problem: 'access_denied' } });
    expect((await all(store.list('folder/'))).map(({ key }) => key)).toEqual(['folder/own']);

    await rm(secret);
    await close();
  });

  test('leaves neither drafts nor empty folders', async () => {
    const { store, close, directory } = await openDirectory();
    async function* failing() {
      yield Buffer.from('half');
      throw new Error('the source fails');
    }
    await expect(store.put('a/b/half', failing())).rejects.toThrow();
    await store.put('a/b/whole', inChunks(Buffer.from('x')));

    expect(await readdir(path.join(directory, 'a/b'))).toEqual(['whole']);
    await store.delete('a/b/whole');
    expect(await readdir(directory)).toEqual([]);
    await close();
  });
});

describe('a store in S3', () => {
  let server: S3Server;

  beforeAll(async () => {
    server = await startS3Server();
  });

  afterAll(() => server[Symbol.asyncDispose]());

  test('tells that the bucket does not exist', async () => {
    using store = openS3Store({ ...server.settings, bucket: 'elsewhere' });

    await expect(all(store.list(''))).rejects.toMatchObject({
      code: 'invalid_settings',
      details: { problem: 'bucket_missing' },
      message: expect.stringContaining('make the bucket'),
    });
  });

  test('tells that access is denied', async () => {
    const credentials = { accessKeyId: 'NOBODY', secretAccessKey: 'S3RVER' };
    using store = openS3Store({ ...server.settings, credentials });

    await expect(all(store.list(''))).rejects.toMatchObject({
      code: 'invalid_settings',
      details: { problem: 'access_denied' },
      message: expect.stringContaining('check the keys'),
    });
  });

  test('tells that the host is unknown, or does not answer', async () => {
    using unknown = openS3Store({ ...server.settings, endpoint: 'http://s3.elder.invalid' });
    using silent = openS3Store({ ...server.settings, endpoint: `http://127.0.0.1:${await closedPort()}` });

    await expect(unknown.head('x')).rejects.toMatchObject({ details: { problem: 'endpoint_unknown' } });
    await expect(silent.head('x')).rejects.toMatchObject({ details: { problem: 'unreachable' } });
  });
});

async function openDirectory(): Promise<Subject & { directory: string }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'elder-objects-'));
  return {
    directory,
    store: openDirectoryStore(directory),
    tamper: async (key, change) => {
      const file = path.join(directory, key);
      await writeFile(file, change(await readFile(file)));
    },
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

async function openS3(): Promise<Subject> {
  const server = await startS3Server();
  const { bucket: Bucket, isPathStyle: forcePathStyle, ...settings } = server.settings;
  const store = openS3Store(server.settings);
  const client = new S3Client({
    ...settings,
    forcePathStyle,
    ...(settings.credentials && { credentials: settings.credentials }),
  });
  return {
    store,
    tamper: async (Key, change) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const stored = Buffer.from((await Body?.transformToByteArray()) ?? []);
      await client.send(new PutObjectCommand({ Bucket, Key, Body: change(stored) }));
    },
    close: async () => {
      client.destroy();
      store[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function* inChunks(bytes: Buffer, chunkBytes = 64 * 1024): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

async function all(infos: AsyncIterable<ObjectInfo>): Promise<ObjectInfo[]> {
  const found: ObjectInfo[] = [];
  for await (const info of infos) found.push(info);
  return found;
}
