import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@/lib/errors';
import type { Blob } from '@/lib/git/read-blobs';
import type { TreeEntry } from '@/lib/git/read-tree';
import type { BlobSource } from '../each-blob-bytes';
import { damaged, readBlobPack } from './blob-pack';

export interface UnpackedBlobs extends AsyncDisposable {
  files: TreeEntry[];
  blobs: BlobSource;
}

/** Where a blob's bytes lie. */
interface Place {
  sizeBytes: number | null;
  at: number | null;
}

/**
 * Unpacks blobs into a file without a name below `directory`: nothing of them is held in memory, and nothing stays when this
 * process dies. Throws `pack_damaged`.
 */
export async function unpackBlobs(
  content: AsyncIterable<Buffer>,
  directory: string,
  signal?: AbortSignal,
): Promise<UnpackedBlobs> {
  const file = await openNameless(directory);
  try {
    const places = new Map<string, Place>();
    let end = 0;
    const files = await readBlobPack(content, async ({ blobId, sizeBytes, bytes }) => {
      signal?.throwIfAborted();
      if (places.has(blobId)) throw damaged('a blob comes twice');
      places.set(blobId, { sizeBytes, at: bytes && end });
      if (bytes) end += await writeAll(file, bytes, end);
    });
    return {
      files,
      blobs: (blobIds, signal) => readPlaces(file, places, blobIds, signal),
      [Symbol.asyncDispose]: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw isFull(error) ? new AppError('disk_full', `there is no room in ${directory}`, { cause: error }) : error;
  }
}

async function* readPlaces(
  file: FileHandle,
  places: ReadonlyMap<string, Place>,
  blobIds: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<Blob, void> {
  for (const blobId of blobIds) {
    signal?.throwIfAborted();
    const place = places.get(blobId);
    if (!place) throw damaged('it lacks a blob');
    const { sizeBytes, at } = place;
    if (at === null || sizeBytes === null) yield { blobId, sizeBytes, bytes: null };
    else yield { blobId, sizeBytes, bytes: await readAll(file, sizeBytes, at) };
  }
}

async function openNameless(directory: string): Promise<FileHandle> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, `${randomUUID()}.blobs`);
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
  await unlink(path);
  return file;
}

async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<number> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
  return bytes.length;
}

async function readAll(file: FileHandle, sizeBytes: number, at: number): Promise<Buffer> {
  const bytes = Buffer.alloc(sizeBytes);
  for (let done = 0; done < sizeBytes; ) {
    const { bytesRead } = await file.read(bytes, done, sizeBytes - done, at + done);
    if (bytesRead === 0) throw new AppError('unavailable', 'unpacked blobs were cut short');
    done += bytesRead;
  }
  return bytes;
}

function isFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
