import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rmdir, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { SEAL_BYTES, withoutSeal, withSeal } from './check-sum';
import { assertObjectKey, assertObjectPrefix } from './object-key';
import { objectError } from './object-problem';
import type { ObjectInfo, ObjectStore, PutOptions } from './object-store';

/** No object is named so: names begin with a letter or digit. */
const DRAFT = '.draft-';

/** Objects as files below a directory, which is made with the first of them. Readable by this user alone. */
export function openDirectoryStore(directory: string): ObjectStore {
  const root = path.resolve(directory);
  const fileOf = (key: string): string => {
    assertObjectKey(key);
    return path.join(root, ...key.split('/'));
  };
  return {
    place: root,
    put: async (key, body, options) => put(fileOf(key), body, options),
    get: async (key) => get(fileOf(key)),
    head: async (key) => head(key, fileOf(key)),
    async *list(prefix) {
      assertObjectPrefix(prefix);
      yield* list(path.join(root, prefix), prefix);
    },
    delete: async (key) => {
      const file = fileOf(key);
      await unlink(file).catch(unlessMissing(file));
      await dropEmpty(path.dirname(file), root);
    },
    [Symbol.dispose]: () => undefined,
  };
}

async function put(file: string, body: AsyncIterable<Uint8Array>, { signal }: PutOptions = {}) {
  const folder = path.dirname(file);
  const draft = path.join(folder, `${DRAFT}${randomUUID()}`);
  let sizeBytes = 0;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(draft, 'wx', 0o600);
    try {
      for await (const chunk of withSeal(body, (size) => {
        sizeBytes = size;
      })) {
        signal?.throwIfAborted();
        await writeAll(handle, chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
    await syncFolder(folder);
  } catch (error) {
    await unlink(draft).catch(() => undefined);
    throw problemOf(error, file);
  }
  return { sizeBytes };
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0;
  while (written < chunk.length) {
    const { bytesWritten } = await handle.write(chunk, written, chunk.length - written);
    written += bytesWritten;
  }
}

/** A new name outlives a loss of power only when its folder was written too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function get(file: string): Promise<Readable> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
    throw problemOf(error, file);
  });
  const stored = handle.createReadStream({ highWaterMark: 256 * 1024 });
  return Readable.from(withoutSeal(stored, file), { objectMode: false });
}

async function head(key: string, file: string): Promise<ObjectInfo | null> {
  const found = await stat(file).catch(unlessMissing(file));
  if (!found?.isFile()) return null;
  return { key, sizeBytes: Math.max(0, found.size - SEAL_BYTES), modifiedAt: found.mtime };
}

async function* list(folder: string, prefix: string): AsyncGenerator<ObjectInfo> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(unlessMissing(folder))) ?? [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* list(file, `${prefix}${entry.name}/`);
    else if (entry.isFile()) {
      const info = await head(`${prefix}${entry.name}`, file);
      if (info) yield info;
    }
  }
}

async function dropEmpty(folder: string, root: string): Promise<void> {
  for (let empty = folder; empty.startsWith(`${root}${path.sep}`); empty = path.dirname(empty)) {
    try {
      await rmdir(empty);
    } catch {
      return;
    }
  }
}

function unlessMissing(file: string): (error: unknown) => undefined {
  return (error) => {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw problemOf(error, file);
  };
}

function problemOf(error: unknown, file: string): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return objectError('missing', file, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ELOOP':
      return objectError('access_denied', file, error);
    case 'ENOSPC':
    case 'EDQUOT':
      return objectError('full', file, error);
    default:
      return error;
  }
}
