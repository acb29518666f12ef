import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import * as z from 'zod';
import { isAppError } from '@/lib/errors';
import { objectError } from './object-problem';
import type { ObjectStore, PutOptions } from './object-store';

/** An object as whoever wrote it remembers it in another place: a store that gives anything else is found out. */
export const KnownObject = z.object({
  key: z.string(),
  /** As stored: compressed. */
  sizeBytes: z.int().nonnegative(),
  /** What was written, and its SHA-256. */
  contentBytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type KnownObject = z.infer<typeof KnownObject>;

/** Cheap: what is packed so lies for minutes. */
const LEVEL = 1;

/** Stores content compressed (gzip), and tells what to know it by. */
export async function putKnown(
  store: ObjectStore,
  key: string,
  content: AsyncIterable<Uint8Array>,
  options: PutOptions = {},
): Promise<KnownObject> {
  const hash = createHash('sha256');
  let contentBytes = 0;
  let sizeBytes = 0;
  const hashed = async function* () {
    for await (const bytes of content) {
      hash.update(bytes);
      contentBytes += bytes.length;
      yield bytes;
    }
  };
  await pipeline(Readable.from(hashed(), { objectMode: false }), createGzip({ level: LEVEL }), async (packed) => {
    ({ sizeBytes } = await store.put(key, packed as AsyncIterable<Uint8Array>, options));
  });
  return { key, sizeBytes, contentBytes, sha256: hash.digest('hex') };
}

/**
 * The content as it goes; nothing may be made of it before all was read. Holds and unpacks no more than was written.
 * Throws `unprocessable` when it is not what was written, at the end at the latest; `not_found` when it is gone.
 */
export async function* readKnown(store: ObjectStore, object: KnownObject): AsyncGenerator<Buffer> {
  const place = `${object.key} in ${store.place}`;
  const hash = createHash('sha256');
  let contentBytes = 0;
  const gunzip = createGunzip();
  const unpacking = pipeline(await store.get(object.key), upTo(object.sizeBytes, place), gunzip);
  // Told below, by the stream itself.
  unpacking.catch(() => undefined);
  try {
    for await (const bytes of gunzip as AsyncIterable<Buffer>) {
      contentBytes += bytes.length;
      if (contentBytes > object.contentBytes) throw objectError('damaged', place);
      hash.update(bytes);
      yield bytes;
    }
    await unpacking;
  } catch (error) {
    const isPacked = !isAppError(error) && String((error as NodeJS.ErrnoException).code).startsWith('Z_');
    throw isPacked ? objectError('damaged', place, error) : error;
  }
  if (contentBytes !== object.contentBytes || hash.digest('hex') !== object.sha256) throw objectError('damaged', place);
}

function upTo(sizeBytes: number, place: string) {
  return async function* (stored: AsyncIterable<Uint8Array>) {
    let left = sizeBytes;
    for await (const bytes of stored) {
      left -= bytes.length;
      if (left < 0) throw objectError('damaged', place);
      yield bytes;
    }
  };
}
