import * as z from 'zod';
import { AppError } from '@/lib/errors';
import { createByteReader } from '@/lib/git/byte-reader';
import { type Blob, blobIdOf } from '@/lib/git/read-blobs';
import type { TreeEntry } from '@/lib/git/read-tree';
import { MAX_BLOB_BYTES } from '../text/decode';

/**
 * A pack holds files of a commit and the blobs they are of, so that whoever has it needs no Git:
 *
 *   8 bytes   `ELDPACK1`
 *   4 bytes   length of the list of files, unsigned, as all numbers with the highest byte first
 *   …         the list as JSON: [path, mode, blob id, size][]
 *   then for each blob
 *   1 byte    1: its bytes follow · 2: it is too large to be read · 3: the repository cannot give it · 0: there are no more
 *   1 byte    length of its id: 20 or 32
 *   32 bytes  its id, zeros behind it
 *   6 bytes   its size
 *   …         its bytes
 *
 * The last record is all zeros. A blob of which the bytes follow has `MAX_BLOB_BYTES` or less.
 */
const MAGIC = Buffer.from('ELDPACK1', 'latin1');
const RECORD_BYTES = 40;
const ID_AT = 2;
const SIZE_AT = 34;
const KIND = { end: 0, bytes: 1, tooLarge: 2, unreadable: 3 } as const;

/** A shard has a part of a tree of which the list may have 256 MiB. */
const MAX_LIST_BYTES = 256 * 1024 ** 2;
const WHOLE_CHUNK = 64 * 1024;

const BlobId = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const List = z.array(z.tuple([z.string(), z.string().regex(/^100[0-7]{3}$/), BlobId, z.int().nonnegative()]));

/** The pack of these files. Each blob comes once, in any order, none of them larger than is read. */
export async function* writeBlobPack(
  files: readonly TreeEntry[],
  blobs: AsyncIterable<Blob>,
): AsyncGenerator<Buffer, void> {
  const list = Buffer.from(
    JSON.stringify(files.map(({ path, mode, blobId, sizeBytes }) => [path, mode, blobId, sizeBytes])),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(list.length);
  yield Buffer.concat([MAGIC, length, list]);
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const blob of blobs) {
    held.push(recordOf(blob), ...(blob.bytes ? [blob.bytes] : []));
    heldBytes += RECORD_BYTES + (blob.bytes?.length ?? 0);
    if (heldBytes < WHOLE_CHUNK) continue;
    yield Buffer.concat(held);
    held = [];
    heldBytes = 0;
  }
  yield Buffer.concat([...held, Buffer.alloc(RECORD_BYTES)]);
}

/**
 * Reads a pack to its end. `take` gets the blobs in the order of the pack; that the bytes are those of the id is checked before.
 * Throws `pack_damaged`, and whatever the content throws.
 */
export async function readBlobPack(
  content: AsyncIterable<Buffer>,
  take: (blob: Blob) => Promise<void>,
): Promise<TreeEntry[]> {
  const source = content[Symbol.asyncIterator]();
  const reader = createByteReader(source, () => damaged('it ends early'));
  try {
    if (!(await reader.take(MAGIC.length)).equals(MAGIC)) throw damaged('it begins otherwise');
    const listBytes = (await reader.take(4)).readUInt32BE();
    if (listBytes > MAX_LIST_BYTES) throw damaged('its list of files is too long');
    const files = filesOf(await reader.take(listBytes));
    for (;;) {
      const blob = headOf(await reader.take(RECORD_BYTES));
      if (!blob) break;
      if (blob.kind === KIND.bytes) {
        const bytes = await reader.take(blob.size);
        if (blobIdOf(bytes, blob.blobId.length) !== blob.blobId) throw damaged('a blob is not what its id says');
        await take({ blobId: blob.blobId, sizeBytes: blob.size, bytes });
      } else {
        await take({ blobId: blob.blobId, sizeBytes: blob.kind === KIND.unreadable ? null : blob.size, bytes: null });
      }
    }
    // The content is checked as a whole at its end.
    if (!(await reader.isAtEnd())) throw damaged('something follows its end');
    return files;
  } finally {
    await source.return?.();
  }
}

export function damaged(how: string, cause?: unknown): AppError {
  return new AppError('pack_damaged', `the pack of blobs is damaged: ${how}`, { cause });
}

function recordOf({ blobId, sizeBytes, bytes }: Blob): Buffer {
  const record = Buffer.alloc(RECORD_BYTES);
  record[0] = bytes ? KIND.bytes : sizeBytes === null ? KIND.unreadable : KIND.tooLarge;
  record[1] = blobId.length / 2;
  record.write(blobId, ID_AT, 'hex');
  record.writeUIntBE(sizeBytes ?? 0, SIZE_AT, 6);
  return record;
}

function headOf(record: Buffer): { kind: number; blobId: string; size: number } | null {
  const [kind = 0, idBytes = 0] = record;
  if (kind === KIND.end) return null;
  const size = record.readUIntBE(SIZE_AT, 6);
  if (kind > KIND.unreadable || (idBytes !== 20 && idBytes !== 32)) throw damaged('a record is none');
  if (kind === KIND.bytes && size > MAX_BLOB_BYTES) throw damaged('a blob is too large');
  return { kind, blobId: record.toString('hex', ID_AT, ID_AT + idBytes), size };
}

function filesOf(list: Buffer): TreeEntry[] {
  let json: unknown;
  try {
    json = JSON.parse(list.toString('utf8'));
  } catch (cause) {
    throw damaged('its list of files is no JSON', cause);
  }
  const parsed = List.safeParse(json);
  if (!parsed.success) throw damaged('its list of files is none', parsed.error);
  return parsed.data.map(([path, mode, blobId, sizeBytes]) => ({ path, mode, blobId, sizeBytes }));
}
