import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Blob, blobIdOf } from '@/lib/git/read-blobs';
import type { TreeEntry } from '@/lib/git/read-tree';
import { MAX_BLOB_BYTES } from '../text/decode';
import { readBlobPack, writeBlobPack } from './blob-pack';
import { unpackBlobs } from './unpacked-blobs';

const blobOf = (bytes: Buffer, digits = 40): Blob => ({
  blobId: blobIdOf(bytes, digits),
  sizeBytes: bytes.length,
  bytes,
});
const fileOf = ({ blobId, sizeBytes }: Blob, path: string): TreeEntry => ({
  path,
  mode: '100644',
  blobId,
  sizeBytes: sizeBytes ?? 0,
});
const HELLO = blobOf(Buffer.from('hello\n'));
const FILES = [fileOf(HELLO, 'src/日本語\n.ts')];

async function packOf(files: readonly TreeEntry[], blobs: readonly Blob[]): Promise<Buffer> {
  const each = async function* () {
    yield* blobs;
  };
  const parts: Buffer[] = [];
  for await (const part of writeBlobPack(files, each())) parts.push(part);
  return Buffer.concat(parts);
}

/** As a store gives it: in pieces that end anywhere. */
async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}

async function unpack(pack: Buffer, length = 1000) {
  const blobs: Blob[] = [];
  const files = await readBlobPack(inPieces(pack, length), async (blob) => void blobs.push(blob));
  return { files, blobs };
}

describe('a pack of blobs', () => {
  test('gives back every file and every blob, however its bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.uint8Array({ maxLength: 300 }), { selector: (bytes) => Buffer.from(bytes).toString('hex') }),
        fc.constantFrom(40, 64),
        fc.integer({ min: 1, max: 500 }),
        async (contents, digits, length) => {
          const blobs = contents.map((bytes) => blobOf(Buffer.from(bytes), digits));
          const files = blobs.map((blob, index) => fileOf(blob, `f${index}`));

          expect(await unpack(await packOf(files, blobs), length)).toEqual({ files, blobs });
        },
      ),
      { numRuns: 40 },
    );
  });

  test('says of a blob without bytes why there are none', async () => {
    const lost: Blob = { blobId: 'a'.repeat(40), sizeBytes: null, bytes: null };
    const large: Blob = { blobId: 'b'.repeat(64), sizeBytes: 5 * 1024 ** 3, bytes: null };

    expect((await unpack(await packOf(FILES, [HELLO, lost, large]))).blobs).toEqual([HELLO, lost, large]);
  });

  test('is refused when a single byte of a blob differs', async () => {
    const pack = await packOf(FILES, [HELLO]);
    pack.write('H', pack.indexOf('hello'));

    await expect(unpack(pack)).rejects.toMatchObject({ code: 'pack_damaged', message: /not what its id says/ });
  });

  test('is refused when a blob claims to be another one of the same bytes', async () => {
    const forged = { ...HELLO, blobId: blobIdOf(Buffer.from('other'), 40) };

    await expect(unpack(await packOf(FILES, [forged]))).rejects.toMatchObject({ code: 'pack_damaged' });
  });

  test('is refused wherever it is cut off, and when something follows', async () => {
    const pack = await packOf(FILES, [HELLO]);

    for (let length = 0; length < pack.length; length += 1) {
      await expect(unpack(pack.subarray(0, length))).rejects.toMatchObject({ code: 'pack_damaged' });
    }
    const longer = Buffer.concat([pack, Buffer.from('x')]);
    await expect(unpack(longer)).rejects.toMatchObject({ code: 'pack_damaged' });
  });

  test('is refused before a blob larger than any that is read is held', async () => {
    const pack = await packOf(FILES, [HELLO]);
    pack.writeUIntBE(MAX_BLOB_BYTES + 1, pack.indexOf('hello') - 6, 6);

    await expect(unpack(pack)).rejects.toMatchObject({ code: 'pack_damaged', message: /too large/ });
  });

  test.each([
    ['no file of a tree', '[["a","120000","0000",1]]'],
    ['no list', '{}'],
    ['no JSON', '[[['],
  ])('is refused when its list is %s', async (_, list) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(list.length);

    const pack = Buffer.concat([Buffer.from('ELDPACK1'), length, Buffer.from(list), Buffer.alloc(40)]);

    await expect(unpack(pack)).rejects.toMatchObject({ code: 'pack_damaged' });
  });

  test('never throws anything else, whatever bytes it is made of', async () => {
    const pack = await packOf(FILES, [HELLO, { blobId: 'a'.repeat(40), sizeBytes: null, bytes: null }]);
    await fc.assert(
      fc.asyncProperty(fc.nat(pack.length - 1), fc.nat(255), async (at, byte) => {
        const changed = Buffer.from(pack);
        changed[at] = byte;

        const code = await unpack(changed).then(
          () => null,
          (error: { code?: string }) => error.code,
        );

        expect([null, 'pack_damaged']).toContain(code);
      }),
      { numRuns: 300 },
    );
  });
});

describe('unpacked blobs', () => {
  test('are given in the order asked for, again and again, and lie in no file with a name', async () => {
    await using place = await directory();
    const blobs = ['a', 'b', 'c'].map((text) => blobOf(Buffer.from(text)));
    const lost: Blob = { blobId: 'd'.repeat(40), sizeBytes: null, bytes: null };
    const files = blobs.map((blob, index) => fileOf(blob, `f${index}`));
    await using unpacked = await unpackBlobs(inPieces(await packOf(files, [...blobs, lost]), 7), place.path);

    const order = [blobs[2], lost, blobs[0], blobs[2]].flatMap((blob) => blob ?? []);
    const read: Blob[] = [];
    for await (const blob of unpacked.blobs(order.map(({ blobId }) => blobId))) read.push(blob);

    expect(read).toEqual(order);
    expect(unpacked.files).toEqual(files);
    expect(await readdir(place.path)).toEqual([]);
  });

  test('that are asked for and missing make the pack a damaged one', async () => {
    await using place = await directory();
    await using unpacked = await unpackBlobs(inPieces(await packOf(FILES, []), 50), place.path);

    await expect(unpacked.blobs([HELLO.blobId])[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'pack_damaged',
    });
  });
});

async function directory(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'elder-packs-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
