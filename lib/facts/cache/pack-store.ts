import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

export interface PackStore {
  has(key: string): boolean;
  get(keys: readonly string[]): Promise<Map<string, Uint8Array>>;
  put(entries: ReadonlyMap<string, Uint8Array>): Promise<void>;
}

/** Where a value stands in the data of its pack, and the CRC-32 of its bytes. */
interface Place {
  pack: string;
  offset: number;
  length: number;
  sum: number;
}

const INDEX = '.index';
const DATA = '.data';
const PACK_NAME = /^[0-9a-f-]{36}$/;
const MAX_PACKS = 24;
const SMALL_PACK_KEYS = 200;
const MAX_STORE_BYTES = 1024 ** 3;
const MAX_VALUE_BYTES = 64 * 1024 ** 2;
/** Between two values that are wanted: to read so much in vain costs less than to ask again. */
const MAX_GAP_BYTES = 64 * 1024;
/** Of what is read at once. */
const MAX_SPAN_BYTES = 8 * 1024 ** 2;

/**
 * A directory of packs, each written once under a new name and never changed, so that processes do not meet. The index
 * is written last: a pack without it does not exist. What cannot be read, or is not what was written, counts as absent.
 */
export async function openPackStore(directory: string): Promise<PackStore> {
  await mkdir(directory, { recursive: true });
  const places = new Map<string, Place>();
  const sizes = new Map<string, number>();
  const packs = await listPacks(directory);
  for (const listed of await Promise.all(packs.map((pack) => readIndex(directory, pack)))) {
    if (listed[0]) sizes.set(listed[0][1].pack, listed.length);
    for (const [key, place] of listed) places.set(key, place);
  }

  async function get(keys: readonly string[]): Promise<Map<string, Uint8Array>> {
    const wanted = new Map<string, [string, Place][]>();
    for (const key of keys) {
      const place = places.get(key);
      if (!place) continue;
      const list = wanted.get(place.pack);
      if (list) list.push([key, place]);
      else wanted.set(place.pack, [[key, place]]);
    }
    const found = new Map<string, Uint8Array>();
    for (const [pack, list] of wanted) await readValues(join(directory, pack + DATA), list, found);
    // A damaged or vanished value is read anew from the repository.
    for (const key of keys) if (!found.has(key)) places.delete(key);
    return found;
  }

  async function put(entries: ReadonlyMap<string, Uint8Array>): Promise<void> {
    if (entries.size === 0) return;
    const pack = randomUUID();
    const listed = await writePack(directory, pack, entries);
    sizes.set(pack, listed.length);
    for (const [key, place] of listed) places.set(key, place);
  }

  /** Joins small packs, so that many small changes do not become many files. */
  async function joinSmallPacks(): Promise<void> {
    const small = [...sizes].filter(([, size]) => size < SMALL_PACK_KEYS).map(([pack]) => pack);
    if (small.length < MAX_PACKS) return;
    const isSmall = new Set(small);
    await put(await get([...places].filter(([, { pack }]) => isSmall.has(pack)).map(([key]) => key)));
    for (const pack of small) {
      sizes.delete(pack);
      await removePack(directory, pack);
    }
  }

  return {
    has: (key) => places.has(key),
    get,
    async put(entries) {
      await put(entries);
      await joinSmallPacks();
    },
  };
}

/** Names of whole packs, oldest first; the oldest go when the store has grown too large. */
async function listPacks(directory: string): Promise<string[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith(INDEX));
  const packs = await Promise.all(
    files
      .map((file) => file.slice(0, -INDEX.length))
      .filter((pack) => PACK_NAME.test(pack))
      .map(async (pack) => {
        const data = await stat(join(directory, pack + DATA)).catch(() => null);
        return { pack, size: data?.size ?? 0, at: data?.mtimeMs ?? 0 };
      }),
  );
  packs.sort((a, b) => b.at - a.at);
  const kept: string[] = [];
  let total = 0;
  for (const { pack, size } of packs) {
    total += size;
    if (size > 0 && total <= MAX_STORE_BYTES) kept.unshift(pack);
    else await removePack(directory, pack);
  }
  return kept;
}

async function readIndex(directory: string, pack: string): Promise<[string, Place][]> {
  const text = await readFile(join(directory, pack + INDEX), 'utf8').catch(() => '');
  const listed: [string, Place][] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [key = '', given, sum] = line.split('\t');
    const length = Number(given);
    // Places follow from lengths: after a line that no writer of ours wrote none is known.
    if (key === '' || !Number.isSafeInteger(length) || length < 0 || length > MAX_VALUE_BYTES) break;
    listed.push([key, { pack, offset, length, sum: Number(sum) }]);
    offset += length;
  }
  return listed;
}

async function readValues(path: string, wanted: [string, Place][], found: Map<string, Uint8Array>): Promise<void> {
  wanted.sort(([, a], [, b]) => a.offset - b.offset || a.length - b.length);
  let file: FileHandle | null = null;
  try {
    file = await open(path);
    for (let from = 0, to = 1; from < wanted.length; from = to, to++) {
      while (to < wanted.length && isNear(wanted, from, to)) to++;
      await readSpan(file, wanted.slice(from, to), found);
    }
  } catch {
    // As if it were not there.
  } finally {
    await file?.close();
  }
}

function isNear(wanted: readonly [string, Place][], from: number, to: number): boolean {
  const [start, before, next] = [from, to - 1, to].map((index) => wanted[index]?.[1]);
  if (!start || !before || !next) return false;
  return (
    next.offset - before.offset - before.length <= MAX_GAP_BYTES &&
    next.offset + next.length - start.offset <= MAX_SPAN_BYTES
  );
}

async function readSpan(file: FileHandle, span: readonly [string, Place][], found: Map<string, Uint8Array>) {
  const [first, last] = [span[0]?.[1], span.at(-1)?.[1]];
  if (!first || !last) return;
  const bytes = Buffer.allocUnsafe(last.offset + last.length - first.offset);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, first.offset);
  for (const [key, { offset, length, sum }] of span) {
    const start = offset - first.offset;
    const value = bytes.subarray(start, start + length);
    if (start + length <= bytesRead && crc32(value) === sum) found.set(key, value);
  }
}

async function writePack(
  directory: string,
  pack: string,
  entries: ReadonlyMap<string, Uint8Array>,
): Promise<[string, Place][]> {
  const listed: [string, Place][] = [];
  let offset = 0;
  for (const [key, value] of entries) {
    listed.push([key, { pack, offset, length: value.length, sum: crc32(value) }]);
    offset += value.length;
  }
  await writeWhole(join(directory, pack + DATA), entries.values());
  const lines = listed.map(([key, { length, sum }]) => `${key}\t${length}\t${sum}\n`);
  await writeWhole(join(directory, pack + INDEX), lines.join(''));
  return listed;
}

async function writeWhole(path: string, content: string | Iterable<Uint8Array>): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, content);
  await rename(draft, path);
}

async function removePack(directory: string, pack: string): Promise<void> {
  // The index goes first: without it the pack does not exist.
  await rm(join(directory, pack + INDEX), { force: true });
  await rm(join(directory, pack + DATA), { force: true });
}
