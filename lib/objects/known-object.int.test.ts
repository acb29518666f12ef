import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type S3Server, startS3Server } from '@/tests/support/s3-server';
import { openDirectoryStore } from './directory-store';
import { type KnownObject, putKnown, readKnown } from './known-object';
import type { ObjectStore } from './object-store';
import { openS3Store } from './s3-store';

const KEY = 'packs/one';

let directory: string;
let server: S3Server;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'elder-known-'));
  server = await startS3Server();
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

const stores: { name: string; open: () => ObjectStore }[] = [
  { name: 'a directory', open: () => openDirectoryStore(directory) },
  { name: 'a bucket', open: () => openS3Store(server.settings) },
];

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function contentOf(store: ObjectStore, object: KnownObject): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of readKnown(store, object)) parts.push(part);
  return Buffer.concat(parts);
}

describe.each(stores)('a known object in $name', ({ open }) => {
  test('is what was written, and stored smaller', async () => {
    using store = open();
    const content = Buffer.concat([Buffer.alloc(1_000_000, 'elder '), randomBytes(70_000)]);

    const object = await putKnown(store, KEY, once(content));

    expect((await contentOf(store, object)).equals(content)).toBe(true);
    expect(object).toMatchObject({ key: KEY, contentBytes: content.length });
    expect(object.sizeBytes).toBeLessThan(100_000);
    expect((await store.head(KEY))?.sizeBytes).toBe(object.sizeBytes);
  });

  test('is found out when another one, whole by itself, has taken its place', async () => {
    using store = open();
    const object = await putKnown(store, KEY, once(Buffer.from('what was written')));
    await store.put(KEY, once(gzipSync('what was wanted!')));

    await expect(contentOf(store, object)).rejects.toMatchObject({ code: 'unprocessable' });
  });

  test.each([
    ['that unpacks to more than was written', gzipSync(Buffer.alloc(50 * 1024 ** 2))],
    ['that is larger than what was stored', randomBytes(200_000)],
    ['that is cut short', gzipSync(randomBytes(500)).subarray(0, 300)],
    ['that is none', Buffer.from('no gzip at all')],
  ])('is found out when there is something %s', async (_, stored) => {
    using store = open();
    const object = await putKnown(store, KEY, once(randomBytes(60_000)));
    await store.put(KEY, once(stored));

    await expect(contentOf(store, object)).rejects.toMatchObject({ code: 'unprocessable' });
  });

  test('that is gone is not found', async () => {
    using store = open();
    const object = await putKnown(store, KEY, once(Buffer.from('a')));
    await store.delete(KEY);

    await expect(contentOf(store, object)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('leaves nothing behind when its content fails', async () => {
    using store = open();
    const failing = async function* () {
      yield Buffer.from('begun');
      throw new Error('git died');
    };

    await expect(putKnown(store, 'packs/half', failing())).rejects.toThrow('git died');

    expect(await store.head('packs/half')).toBeNull();
  });
});

test('is gzip, which any tool unpacks', async () => {
  using store = openDirectoryStore(directory);
  await putKnown(store, KEY, once(Buffer.from('plain')));

  const parts: Buffer[] = [];
  for await (const part of (await store.get(KEY)) as AsyncIterable<Buffer>) parts.push(part);

  expect(gunzipSync(Buffer.concat(parts)).toString()).toBe('plain');
});
