import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { env } from '@/lib/env';
import { AppError, isAppError } from '@/lib/errors';
import { writeBlobPack } from '@/lib/facts/packs/blob-pack';
import { type UnpackedBlobs, unpackBlobs } from '@/lib/facts/packs/unpacked-blobs';
import type { CommitPlan } from '@/lib/facts/read-repository';
import { MAX_BLOB_BYTES } from '@/lib/facts/text/decode';
import type { GitRepository } from '@/lib/git/open-local';
import { readBlobs } from '@/lib/git/read-blobs';
import type { TreeEntry } from '@/lib/git/read-tree';
import { type KnownObject, putKnown, readKnown } from '@/lib/objects/known-object';
import type { ObjectStore } from '@/lib/objects/object-store';
import { isStoreShared, openObjectStore } from '@/lib/objects/open-store';
import { type AuditPacks, folderOf } from './audit-objects';
import { requestsOfShard, shardsOf } from './audit-plan';
import type { AuditRun } from './audit-run';

type RunRef = Pick<AuditRun, 'teamId' | 'auditId' | 'attempt'>;

/** Shards packed at a time: one reads while the other is sent. */
const AT_ONCE = 2;

/**
 * Puts what the cache lacks of a planned commit into the store that all workers share, a pack for each shard. Null where there
 * is no such store: whoever collects reads Git then.
 */
export async function packShards(
  run: RunRef,
  plan: Pick<CommitPlan, 'tree' | 'missing' | 'ownMissing'>,
  repository: GitRepository,
  signal: AbortSignal,
): Promise<AuditPacks | null> {
  if (!isStoreShared(env())) return null;
  using store = await openObjectStore(env());
  const shards = shardsOf(plan);
  const wanted = new Set([...plan.missing, ...plan.ownMissing].map(({ blobId }) => blobId));
  const files = plan.tree.filter(({ mode, blobId }) => mode.startsWith('100') && wanted.has(blobId));
  const folder = `${folderOf(run)}${randomUUID()}/`;
  const packs: AuditPacks['shards'] = [];
  for (let start = 0; start < shards; start += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, shards - start) }, (_, index) => start + index);
    const packing = numbers.map((shard) =>
      packShard(store, `${folder}${shard}`, requestsOfShard(files, shard, shards), { repository, signal }),
    );
    // Nothing goes on behind the back of whoever is told of a failure.
    const ends = await Promise.allSettled(packing);
    for (const end of ends) {
      if (end.status === 'rejected') throw end.reason;
      packs.push(end.value);
    }
  }
  return { shards: packs };
}

async function packShard(
  store: ObjectStore,
  key: string,
  files: readonly TreeEntry[],
  { repository, signal }: { repository: GitRepository; signal: AbortSignal },
): Promise<AuditPacks['shards'][number]> {
  if (files.length === 0) return null;
  const read = files.filter(({ sizeBytes }) => sizeBytes <= MAX_BLOB_BYTES).map(({ blobId }) => blobId);
  const blobs = readBlobs(repository, [...new Set(read)], signal, MAX_BLOB_BYTES);
  try {
    return await putKnown(store, key, writeBlobPack(files, blobs), { signal });
  } catch (error) {
    signal.throwIfAborted();
    // The others are read all the same, and the audit says what it lacks.
    if (isAppError(error) && error.code.startsWith('repository_')) return { problem: error.code };
    throw error;
  }
}

/** What was packed for a shard. Throws `pack_missing`, `pack_damaged`, or what kept Git from packing it. */
export async function openShardPack(packs: AuditPacks, shard: number, signal?: AbortSignal): Promise<UnpackedBlobs> {
  const pack = packs.shards[shard];
  if (pack === null) return NOTHING;
  if (pack === undefined) throw new AppError('pack_missing', `the audit has no shard ${shard}`);
  if ('problem' in pack) throw new AppError(pack.problem, 'git could not give what this shard is to read');
  const directory = path.join(env().ELDER_DATA_DIR, 'unpacked');
  return readStored(pack, (content) => unpackBlobs(content, directory, signal));
}

/** Reads what an audit keeps in the store. Throws `pack_missing` or `pack_damaged`, which name the object and the store. */
export async function readStored<Value>(
  object: KnownObject,
  read: (content: AsyncIterable<Buffer>) => Promise<Value>,
): Promise<Value> {
  using store = await openObjectStore(env());
  try {
    return await read(readKnown(store, object));
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    const where = `${object.key} in ${store.place}`;
    if (cause.code === 'not_found') throw new AppError('pack_missing', `${where} does not exist`, { cause });
    if (cause.code === 'unprocessable' || cause.code === 'pack_damaged') {
      throw new AppError('pack_damaged', `${where} is not what was written`, { cause });
    }
    throw cause;
  }
}

const NOTHING: UnpackedBlobs = {
  files: [],
  async *blobs() {
    // There is none.
  },
  [Symbol.asyncDispose]: async () => undefined,
};
