import { createHash } from 'node:crypto';
import { AppError } from '@/lib/errors';
import type { ByteReader } from './byte-reader';
import { isBroken } from './mirror-seal';
import { askObjects } from './object-session';
import type { GitRepository } from './open-local';

export interface Blob {
  blobId: string;
  /** null when the object is missing from the repository, is no blob, or is not what its id says. */
  sizeBytes: number | null;
  /** null for those, and for what is larger than asked for. */
  bytes: Buffer | null;
}

/** Blobs in the order asked for, at the caller's pace. */
export async function* readBlobs(
  repository: GitRepository,
  blobIds: readonly string[],
  signal?: AbortSignal,
  maxBytes: number = Number.POSITIVE_INFINITY,
): AsyncGenerator<Blob, void> {
  const readHead = createHeadReader(repository);
  const readAnswer = async (reader: ByteReader, blobId: string): Promise<Blob> => {
    const head = await readHead(reader);
    if (!head) return { blobId, sizeBytes: null, bytes: null };
    const { type, sizeBytes: length } = head;
    const isWanted = type === 'blob' && length <= maxBytes;
    const bytes = isWanted ? await reader.take(length) : null;
    await reader.skip(isWanted ? 1 : length + 1);
    // Git reads a loose object without checking that it belongs under its name.
    const isForged = bytes !== null && blobIdOf(bytes, blobId.length) !== blobId;
    if (isForged) return { blobId, sizeBytes: null, bytes: null };
    return { blobId, sizeBytes: type === 'blob' ? length : null, bytes };
  };
  yield* askObjects(repository, { question: 'contents', ids: blobIds, readAnswer, signal });
}

/** Sizes in the order asked for; null for what is missing. Any kind of object has a size. */
export function readSizes(
  repository: GitRepository,
  ids: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<number | null, void> {
  const readHead = createHeadReader(repository);
  const readAnswer = async (reader: ByteReader): Promise<number | null> => (await readHead(reader))?.sizeBytes ?? null;
  return askObjects(repository, { question: 'info', ids, readAnswer, signal });
}

/** Reads the line Git begins an answer with; null for what is missing. */
function createHeadReader(repository: GitRepository) {
  let isWhole: Promise<void> | undefined;
  return async (reader: ByteReader): Promise<{ type: string; sizeBytes: number } | null> => {
    const [, type = '', size] = (await reader.line()).split(' ');
    if (type !== 'missing' && type !== 'ambiguous') return { type, sizeBytes: Number(size) };
    isWhole ??= assertWhole(repository);
    await isWhole;
    return null;
  };
}

/** What a mirror lost is no statement about the repository. */
async function assertWhole({ gitDir }: GitRepository): Promise<void> {
  if (await isBroken(gitDir)) throw new AppError('unavailable', 'the mirror was removed or cut short');
}

/** The id Git gives these bytes, in the format of an id of so many digits. */
export function blobIdOf(bytes: Buffer, digits: number): string {
  return createHash(digits === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}
